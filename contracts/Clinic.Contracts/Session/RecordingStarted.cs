namespace Clinic.Contracts.Session;

/// <summary>A recorder was switched on; everybody in the session had agreed.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Participants">How many consents were looked at.</param>
[Contract("session.recording-started.v1")]
public sealed record RecordingStarted(string SessionId, string ClientId, int Participants);
