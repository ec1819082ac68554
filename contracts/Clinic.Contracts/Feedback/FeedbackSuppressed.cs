namespace Clinic.Contracts.Feedback;

/// <summary>Automated feedback was due and held back; crisis information went out and a human was asked instead.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="FeedbackId">The feedback that was not given.</param>
/// <param name="ReasonCode"><c>safety-alert-open</c>, <c>client-stopped</c> or <c>rejected-in-review</c>.</param>
/// <param name="AlertIds">The open alerts; empty for another reason.</param>
[Contract("feedback.feedback-suppressed.v1")]
public sealed record FeedbackSuppressed(string ClientId, string FeedbackId, string ReasonCode, string[] AlertIds);
