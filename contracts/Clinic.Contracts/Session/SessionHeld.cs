namespace Clinic.Contracts.Session;

/// <summary>
/// A planned session must not begin until clinic staff has looked at it, for example because the licence it rests on
/// lapsed.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ReasonCode">Why: <c>licence-lapsed</c>, <c>licence-suspended</c> or <c>platform-revoked</c>.</param>
[Contract("session.held.v1")]
public sealed record SessionHeld(string SessionId, string ClientId, string ReasonCode);
