namespace Clinic.Contracts.Session;

/// <summary>Reports a risk seen in a session or a message.</summary>
/// <param name="RiskId">The report's own id.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Source">Code: where it was seen, for example <c>session</c> or <c>message</c>.</param>
/// <param name="Severity">One of <see cref="Severities"/>.</param>
/// <param name="SessionId">The session, where it was one.</param>
/// <param name="ThreadId">The thread, where it was one.</param>
/// <param name="Description">What was seen, in words.</param>
/// <param name="Location">Where the client is, if known.</param>
[Contract("session.raise-risk.v1")]
public sealed record RaiseRisk(
    string RiskId, string ClientId, string Source, string Severity, string? SessionId = null, string? ThreadId = null,
    [property: Sensitive] string? Description = null, [property: Sensitive] string? Location = null);
