namespace Clinic.Contracts.Session;

/// <summary>Somebody was in a session who had no business there (S49).</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Kind">A code such as <c>uninvited-participant</c> or <c>eavesdropping</c>.</param>
/// <param name="DetectedAt">When it was reported.</param>
[Contract("session.unauthorised-participant-detected.v1")]
public sealed record UnauthorisedParticipantDetected(
    string SessionId, string ClientId, string Kind, DateTimeOffset DetectedAt);
