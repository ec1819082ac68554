namespace Clinic.Contracts.Feedback;

/// <summary>The client has looked at feedback.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="FeedbackId">The feedback.</param>
[Contract("feedback.feedback-viewed.v1")]
public sealed record FeedbackViewed(string ClientId, string FeedbackId);
