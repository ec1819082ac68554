namespace Clinic.Contracts.Feedback;

/// <summary>A human has seen feedback that a rule set made, and let it out or not.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="FeedbackId">The feedback.</param>
/// <param name="ReviewedBy">The therapist or supervisor.</param>
/// <param name="Released">Whether it went out.</param>
[Contract("feedback.feedback-reviewed.v1")]
public sealed record FeedbackReviewed(string ClientId, string FeedbackId, string ReviewedBy, bool Released);
