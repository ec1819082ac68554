namespace Clinic.Contracts.Session;

/// <summary>A recorder stayed off because somebody had not agreed.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ConsentsMissing">How many participants have not agreed.</param>
[Contract("session.recording-refused.v1")]
public sealed record RecordingRefused(string SessionId, string ClientId, int ConsentsMissing);
