namespace Clinic.Contracts.Feedback;

/// <summary>Nobody has answered a client in the time that was promised.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ThreadId">The conversation.</param>
/// <param name="MessageId">The message of the client that waits.</param>
/// <param name="DueAt">When the answer was due.</param>
/// <param name="Level">1 at the promised time, 2 once it has gone to a supervisor.</param>
[Contract("feedback.response-overdue.v1")]
public sealed record ResponseOverdue(
    string ClientId, string ThreadId, string MessageId, DateTimeOffset DueAt, int Level);
