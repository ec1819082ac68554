namespace Clinic.Contracts.Session;

/// <summary>Nobody has written for longer than was to be expected (S16).</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="WaitingFor"><c>client</c> or <c>supporter</c>.</param>
/// <param name="Since">When the last message was sent.</param>
[Contract("session.thread-gap-detected.v1")]
public sealed record ThreadGapDetected(string ThreadId, string ClientId, string WaitingFor, DateTimeOffset Since);
