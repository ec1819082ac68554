namespace Clinic.Contracts.Session;

/// <summary>The recorder is off.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ReasonCode">
/// <c>requested</c>, <c>consent-withdrawn</c>, <c>intrusion</c>, <c>participant-joined</c> or <c>session-over</c>.
/// </param>
[Contract("session.recording-stopped.v1")]
public sealed record RecordingStopped(string SessionId, string ClientId, string ReasonCode);
