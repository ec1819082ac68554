namespace Clinic.Contracts.Session;

/// <summary>Clinic staff has looked at a held session and it may begin.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
[Contract("session.hold-released.v1")]
public sealed record SessionHoldReleased(string SessionId, string ClientId);
