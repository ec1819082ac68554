namespace Clinic.Contracts.Session;

/// <summary>
/// Stops a session. The client may, from any state and without a reason (S26); a practitioner may stop one in progress
/// for safety.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="By"><c>client</c> or <c>practitioner</c>.</param>
/// <param name="Reason">Free text; stored, never published. Never required.</param>
[Contract("session.stop-session.v1")]
public sealed record StopSession(string SessionId, string By, [property: Sensitive] string? Reason = null);
