namespace Clinic.Contracts.Session;

/// <summary>A session was stopped before its end.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="By">One of <see cref="Parties"/>.</param>
/// <param name="Status"><c>stopped-by-client</c>, <c>stopped-for-safety</c> or <c>stopped-consent</c>.</param>
[Contract("session.stopped.v1")]
public sealed record SessionStopped(string SessionId, string ClientId, string By, string Status);
