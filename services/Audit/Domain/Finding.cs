using Clinic.Contracts.Audit;

namespace Clinic.Audit.Domain;

/// <summary>Something a security audit found, until somebody else than who put it right has agreed that it is.</summary>
/// <param name="Remediation">What was said to put it right and is not refused.</param>
public sealed record Finding(string Id, AuditFindingRaised Raised, AuditFindingRemediated? Remediation, bool Overdue, bool Closed)
{
    public long Version { get; init; }

    public static string StreamId(string findingId) => "finding-" + findingId;

    public static Finding Create(AuditFindingRaised e) => new(e.FindingId, e, null, false, false);

    public Finding Apply(AuditFindingRemediated e) => this with { Remediation = e };

    public Finding Apply(RemediationReviewed e) => e.Accepted ? this with { Closed = true } : this with { Remediation = null };

    public Finding Apply(AuditFindingOverdue e) => this with { Overdue = true };
}
