namespace Clinic.Contracts.Feedback;

/// <summary>The client has looked at feedback.</summary>
/// <param name="FeedbackId">The feedback.</param>
[Contract("feedback.mark-feedback-viewed.v1")]
public sealed record MarkFeedbackViewed(string FeedbackId);
