namespace Clinic.Contracts.Session;

/// <summary>Keeps what somebody is writing. Only its author can see it, and nothing is sent (S17).</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="MessageId">The message it will be.</param>
/// <param name="Text">What was written so far.</param>
/// <param name="Labels">Sensitivity labels its author gives it, of <see cref="Consent.SensitivityLabels"/>.</param>
/// <param name="InReplyTo">The message it answers.</param>
/// <param name="InReplyToPart">Which part of that message, for example <c>p2</c> (S15).</param>
[Contract("session.save-draft.v1")]
public sealed record SaveDraft(
    string ThreadId, string MessageId, [property: Sensitive] string Text, string[] Labels, string? InReplyTo = null,
    string? InReplyToPart = null);
