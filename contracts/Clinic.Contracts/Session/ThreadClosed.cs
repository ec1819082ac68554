namespace Clinic.Contracts.Session;

/// <summary>No message follows.</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
[Contract("session.thread-closed.v1")]
public sealed record ThreadClosed(string ThreadId, string ClientId);
