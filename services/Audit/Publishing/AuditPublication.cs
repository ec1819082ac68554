using Clinic.Contracts.Audit;
using Clinic.EventLog;

namespace Clinic.Audit.Publishing;

/// <summary>Incidents, findings and restore tests hold codes and ids only, so they are published as they are stored. What was heard of others is not said again.</summary>
internal static class AuditPublication
{
    public static object? Of(StoredEvent stored) => stored.Data is SecurityIncidentRaised or BreachAssessed or BreachNoticeGiven or BreachNoticeOverdue or IncidentClosed
        or AuditFindingRaised or AuditFindingRemediated or RemediationReviewed or AuditFindingOverdue or BackupRestoreTested
        ? stored.Data
        : null;
}
