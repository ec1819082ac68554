namespace Clinic.Contracts.Session;

/// <summary>Somebody saw a risk in a session or a message.</summary>
/// <param name="RiskId">The event's own id.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Source">Code: where it was seen, for example <c>session</c> or <c>message</c>.</param>
/// <param name="Severity">One of <see cref="Severities"/>.</param>
/// <param name="SessionId">The session, where it was one.</param>
/// <param name="ThreadId">The thread, where it was one.</param>
[Contract("session.risk-event-raised.v1")]
public sealed record RiskEventRaised(
    string RiskId, string ClientId, string Source, string Severity, string? SessionId = null,
    string? ThreadId = null);
