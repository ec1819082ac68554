namespace Clinic.Contracts.Session;

/// <summary>An interrupted session goes on.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Disruption">Which interruption ended.</param>
/// <param name="Seconds">How long it lasted.</param>
[Contract("session.reconnected.v1")]
public sealed record Reconnected(string SessionId, string ClientId, int Disruption, int Seconds);
