namespace Clinic.Contracts.Session;

/// <summary>
/// Switches a recorder on, if everybody in the session has agreed to recording; otherwise it stays off, and that is
/// on record.
/// </summary>
/// <param name="SessionId">The session.</param>
[Contract("session.start-recording.v1")]
public sealed record StartRecording(string SessionId);
