namespace Clinic.Contracts.Audit;

/// <summary>A finding was not remediated by its term.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="DueAt">When the term ended.</param>
[Contract("audit.finding-overdue.v1")]
public sealed record AuditFindingOverdue(string FindingId, DateTimeOffset DueAt);
