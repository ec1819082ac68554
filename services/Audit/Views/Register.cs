using System.Text.Json;
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
        BreachAssessed e => [Assessed(logged, e)],
        BreachNoticeGiven e => [Told(logged, e)],
        // the term is still open, and still the one that counts
        BreachNoticeOverdue e => [State(logged, "incident", e.IncidentId, "overdue-" + e.Regime)],
        IncidentClosed e => [Closed(logged, "incident", e.IncidentId)],
        AuditFindingRaised e => [New(logged, "finding", e.FindingId, e.Area, e.Severity, "open", e.DueAt, e.RaisedBy, e.Reference)],
        AuditFindingRemediated e => [State(logged, "finding", e.FindingId, "remediated")],
        RemediationReviewed e => [e.Accepted ? Closed(logged, "finding", e.FindingId) : Refused(logged, e.FindingId)],
        AuditFindingOverdue e => [State(logged, "finding", e.FindingId, "overdue")],
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

    private static Npgsql.NpgsqlBatchCommand State(LoggedEvent logged, string kind, string id, string state) => Sql.Statement(
        "update views.register set state = $4, changed_at = $5 where tenant_id = $1 and kind = $2 and id = $3", logged.Event.TenantId, kind, id, state, logged.Event.Timestamp);

    private static Npgsql.NpgsqlBatchCommand Closed(LoggedEvent logged, string kind, string id) => Sql.Statement(
        "update views.register set state = 'closed', due_at = null, changed_at = $4 where tenant_id = $1 and kind = $2 and id = $3", logged.Event.TenantId, kind, id, logged.Event.Timestamp);

    /// <summary>What was not put right is open again, or overdue when its term has passed meanwhile.</summary>
    private static Npgsql.NpgsqlBatchCommand Refused(LoggedEvent logged, string id) => Sql.Statement("""
        update views.register set state = case when due_at <= $3 then 'overdue' else 'open' end, changed_at = $3 where tenant_id = $1 and kind = 'finding' and id = $2
        """, logged.Event.TenantId, id, logged.Event.Timestamp);

    /// <summary>A second assessment replaces the first; what was told stays told.</summary>
    private static Npgsql.NpgsqlBatchCommand Assessed(LoggedEvent logged, BreachAssessed e) => Sql.Statement("""
        update views.register set state = $3, terms = $4::jsonb, changed_at = $5,
            due_at = (select min(value::timestamptz) from jsonb_each_text($4::jsonb) where key <> all (told))
        where tenant_id = $1 and kind = 'incident' and id = $2
        """, logged.Event.TenantId, e.IncidentId, e.Assessment,
        JsonSerializer.Serialize(e.Notices.ToDictionary(n => n.Regime, n => n.DueAt.UtcDateTime)), logged.Event.Timestamp);

    private static Npgsql.NpgsqlBatchCommand Told(LoggedEvent logged, BreachNoticeGiven e) => Sql.Statement("""
        update views.register set state = 'told-' || $3, told = told || $3::text, changed_at = $4,
            due_at = (select min(value::timestamptz) from jsonb_each_text(terms) where key <> $3 and key <> all (told))
        where tenant_id = $1 and kind = 'incident' and id = $2
        """, logged.Event.TenantId, e.IncidentId, e.Regime, logged.Event.Timestamp);
}

/// <summary>An incident, a finding or a restore test.</summary>
/// <param name="Subject">Category of the incident, area of the finding, service of the test.</param>
/// <param name="State">The last thing that happened to it.</param>
/// <param name="DueAt">The earliest term that is still open; null for none.</param>
internal sealed record RegisterRow(
    string Id, string Subject, string Severity, string State, DateTimeOffset? DueAt, string RaisedBy, string? Reference, DateTimeOffset RaisedAt, DateTimeOffset ChangedAt);
