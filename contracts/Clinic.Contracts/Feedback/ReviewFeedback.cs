namespace Clinic.Contracts.Feedback;

/// <summary>A clinician has seen feedback that a rule set made, and lets it out or not.</summary>
/// <param name="FeedbackId">The feedback.</param>
/// <param name="Release">False keeps it back.</param>
[Contract("feedback.review-feedback.v1")]
public sealed record ReviewFeedback(string FeedbackId, bool Release);
