namespace Clinic.Contracts.Audit;

/// <summary>A security audit found something that must be put right.</summary>
/// <param name="FindingId">Chosen by the sender.</param>
/// <param name="Area">One of <see cref="AuditCodes.Areas"/>.</param>
/// <param name="Severity">One of <see cref="AuditCodes.Severities"/>.</param>
/// <param name="DueAt">By when it must be remediated.</param>
/// <param name="Reference">The finding in the auditor's own report.</param>
[Contract("audit.raise-finding.v1")]
public sealed record RaiseFinding(string FindingId, string Area, string Severity, DateTimeOffset DueAt, string Reference);
