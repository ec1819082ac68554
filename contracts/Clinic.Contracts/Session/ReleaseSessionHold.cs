namespace Clinic.Contracts.Session;

/// <summary>Lets a held session begin. The start gate asks everything again.</summary>
/// <param name="SessionId">The session.</param>
[Contract("session.release-session-hold.v1")]
public sealed record ReleaseSessionHold(string SessionId);
