namespace Clinic.Contracts.Session;

/// <summary>Nobody has asked in time how a client is who was lost from sight: somebody must now.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="DueAt">When it should have happened.</param>
[Contract("session.welfare-check-missed.v1")]
public sealed record WelfareCheckMissed(string SessionId, string ClientId, DateTimeOffset DueAt);
