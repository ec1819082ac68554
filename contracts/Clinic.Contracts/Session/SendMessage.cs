namespace Clinic.Contracts.Session;

/// <summary>
/// Sends a message: the draft of that id, or, with a text, that text. What is left out is the draft's.
/// </summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="MessageId">The new message.</param>
/// <param name="Text">What it says; null sends the draft.</param>
/// <param name="Labels">Sensitivity labels its author gives it, of <see cref="Consent.SensitivityLabels"/>.</param>
/// <param name="SharingLevel">One of <see cref="Consent.SharingLevels"/>; a client's own messages only (S20).</param>
/// <param name="InReplyTo">The message it answers.</param>
/// <param name="InReplyToPart">Which part of that message, for example <c>p2</c> (S15).</param>
[Contract("session.send-message.v1")]
public sealed record SendMessage(
    string ThreadId, string MessageId, [property: Sensitive] string? Text = null, string[]? Labels = null,
    string? SharingLevel = null, string? InReplyTo = null, string? InReplyToPart = null);
