namespace Clinic.Contracts.Session;

/// <summary>No message follows.</summary>
/// <param name="ThreadId">The thread.</param>
[Contract("session.close-thread.v1")]
public sealed record CloseThread(string ThreadId);
