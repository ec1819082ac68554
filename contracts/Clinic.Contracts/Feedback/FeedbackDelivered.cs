namespace Clinic.Contracts.Feedback;

/// <summary>Feedback, or the word that there is some, has reached the client.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="FeedbackId">The feedback.</param>
/// <param name="Channel">One of the notification channels.</param>
[Contract("feedback.feedback-delivered.v1")]
public sealed record FeedbackDelivered(string ClientId, string FeedbackId, string Channel);
