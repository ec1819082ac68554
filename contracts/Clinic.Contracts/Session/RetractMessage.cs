namespace Clinic.Contracts.Session;

/// <summary>Hides a message of one's own. It is never erased by this.</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="MessageId">The message.</param>
[Contract("session.retract-message.v1")]
public sealed record RetractMessage(string ThreadId, string MessageId);
