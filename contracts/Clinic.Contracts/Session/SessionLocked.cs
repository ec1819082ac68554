namespace Clinic.Contracts.Session;

/// <summary>Nobody may join the session until it is unlocked.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
[Contract("session.locked.v1")]
public sealed record SessionLocked(string SessionId, string ClientId);
