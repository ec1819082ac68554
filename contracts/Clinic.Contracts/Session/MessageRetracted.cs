namespace Clinic.Contracts.Session;

/// <summary>Its author wants a message shown no longer. It is hidden, never erased.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ThreadId">The thread.</param>
/// <param name="MessageId">The message.</param>
[Contract("session.message-retracted.v1")]
public sealed record MessageRetracted(string ClientId, string ThreadId, string MessageId);
