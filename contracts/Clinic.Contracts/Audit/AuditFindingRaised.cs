namespace Clinic.Contracts.Audit;

/// <summary>A finding is on record.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Area">One of <see cref="AuditCodes.Areas"/>.</param>
/// <param name="Severity">One of <see cref="AuditCodes.Severities"/>.</param>
/// <param name="DueAt">By when it must be remediated.</param>
/// <param name="Reference">The finding in the auditor's own report.</param>
/// <param name="RaisedBy">Who found it.</param>
[Contract("audit.finding-raised.v1")]
public sealed record AuditFindingRaised(string FindingId, string Area, string Severity, DateTimeOffset DueAt, string Reference, string RaisedBy);
