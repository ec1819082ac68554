namespace Clinic.Contracts.Feedback;

/// <summary>A client has written; the answer was promised by this time.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ThreadId">The conversation.</param>
/// <param name="MessageId">The message of the client that waits.</param>
/// <param name="DueAt">Working days in the client's time zone.</param>
[Contract("feedback.response-due-set.v1")]
public sealed record ResponseDueSet(string ClientId, string ThreadId, string MessageId, DateTimeOffset DueAt);
