namespace Clinic.Contracts.Session;

/// <summary>Switches the recorder off. Anybody in the session may, without a reason.</summary>
/// <param name="SessionId">The session.</param>
[Contract("session.stop-recording.v1")]
public sealed record StopRecording(string SessionId);
