namespace Clinic.Contracts.Session;

/// <summary>The practitioner has made sure who is in the session.</summary>
/// <param name="SessionId">The session.</param>
[Contract("session.unlock-session.v1")]
public sealed record UnlockSession(string SessionId);
