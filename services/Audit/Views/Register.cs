using Clinic.Audit.Domain;
using Clinic.Contracts.Audit;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Audit.Views;

/// <summary>Incidents, findings and restore tests: one row each, with what is still open.</summary>
internal static class Register
{
    public static Projection View { get; } = new("register", logged => logged.Event.Data switch
    {
        SecurityIncidentRaised e => [New(logged, "incident", e.IncidentId, e.Category, e.Severity, "open", null, e.RaisedBy, e.Reference)],
        BreachAssessed e => [State(logged, "incident", e.IncidentId, e.Assessment, e.Notices.Length == 0 ? null : e.Notices.Min(n => n.DueAt))],
        BreachNoticeGiven e => [State(logged, "incident", e.IncidentId, "told-" + e.Regime, null)],
        BreachNoticeOverdue e => [State(logged, "incident", e.IncidentId, "overdue-" + e.Regime, e.DueAt)],
        IncidentClosed e => [State(logged, "incident", e.IncidentId, "closed", null)],
        AuditFindingRaised e => [New(logged, "finding", e.FindingId, e.Area, e.Severity, "open", e.DueAt, e.RaisedBy, e.Reference)],
        AuditFindingRemediated e => [State(logged, "finding", e.FindingId, "remediated", null)],
        RemediationReviewed e => [State(logged, "finding", e.FindingId, e.Accepted ? "closed" : "open", null)],
        AuditFindingOverdue e => [State(logged, "finding", e.FindingId, "overdue", e.DueAt)],
        BackupRestoreTested e => [New(logged, "restore-test", e.TestId, e.Service, e.Passed ? "low" : "critical", e.Passed ? "passed" : "failed", null, e.TestedBy, null)],
        _ => []
    })
    { Tables = ["register"] };

    public static Task<List<RegisterRow>> Read(Database database, string tenant, string kind, bool openOnly, Page page, CancellationToken ct) => database.Read(tenant, """
        select id, subject, severity, state, due_at, raised_by, reference, raised_at, changed_at from views.register
        where tenant_id = $1 and kind = $2 and (not $3 or state not in ('closed', 'passed'))
            and ($4::text is null or (raised_at, id) > ($4::timestamptz, $5))
        order by raised_at, id limit $6
        """, row => new RegisterRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.Instant(4), row.GetString(5), row.Text(6),
            row.Instant(7), row.Instant(8)), ct, kind, openOnly, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(RegisterRow row) => [row.RaisedAt.ToString("O"), row.Id];

    private static Npgsql.NpgsqlBatchCommand New(
        LoggedEvent logged, string kind, string id, string subject, string severity, string state, DateTimeOffset? dueAt, string by, string? reference) => Sql.Statement("""
        insert into views.register (tenant_id, kind, id, subject, severity, state, due_at, raised_by, reference, raised_at, changed_at)
        values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $8, $9::text, $10, $10)
        """, logged.Event.TenantId, kind, id, subject, severity, state, dueAt, by, reference, logged.Event.Timestamp);

    private static Npgsql.NpgsqlBatchCommand State(LoggedEvent logged, string kind, string id, string state, DateTimeOffset? dueAt) => Sql.Statement("""
        update views.register set state = $4, due_at = coalesce($5::timestamptz, due_at), changed_at = $6 where tenant_id = $1 and kind = $2 and id = $3
        """, logged.Event.TenantId, kind, id, state, dueAt, logged.Event.Timestamp);
}

/// <summary>An incident, a finding or a restore test.</summary>
/// <param name="Subject">Category of the incident, area of the finding, service of the test.</param>
/// <param name="State">The last thing that happened to it.</param>
/// <param name="DueAt">The next term, where there is one.</param>
internal sealed record RegisterRow(
    string Id, string Subject, string Severity, string State, DateTimeOffset? DueAt, string RaisedBy, string? Reference, DateTimeOffset RaisedAt, DateTimeOffset ChangedAt);
