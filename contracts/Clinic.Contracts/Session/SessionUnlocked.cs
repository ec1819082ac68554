namespace Clinic.Contracts.Session;

/// <summary>The practitioner has made sure who is in the session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
[Contract("session.unlocked.v1")]
public sealed record SessionUnlocked(string SessionId, string ClientId);
