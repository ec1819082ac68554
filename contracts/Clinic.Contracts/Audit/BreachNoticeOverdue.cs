namespace Clinic.Contracts.Audit;

/// <summary>The term of a law has passed without a notice on record.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Regime">One of <see cref="AuditCodes.Regimes"/>.</param>
/// <param name="DueAt">When the term ended.</param>
[Contract("audit.breach-notice-overdue.v1")]
public sealed record BreachNoticeOverdue(string IncidentId, string Regime, DateTimeOffset DueAt);
