namespace Clinic.Contracts.Feedback;

/// <summary>A person writes to a client about their measures.</summary>
/// <param name="FeedbackId">Chosen by the sender; not a letter, '-' and 32 hexadecimal digits, as the service's own are.</param>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="Text">At most 4000 characters.</param>
/// <param name="InReplyTo">The response, message or feedback it answers; feedback that was held back is answered by naming it.</param>
[Contract("feedback.give-feedback.v1")]
public sealed record GiveFeedback(
    string FeedbackId, string ClientId, [property: Sensitive] string Text, string? InReplyTo = null);
