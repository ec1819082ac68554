using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>What the start gate last said about each session, newest first: who is kept waiting, and why.</summary>
internal static class GateDashboard
{
    public static Projection View { get; } = new("calendar", logged => logged.Event.Data is SessionGateEvaluated e
        ?
        [
            Sql.Statement("""
                insert into views.gate (tenant_id, session_id, client_id, evaluated_at, passed, failed, jurisdiction) values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (tenant_id, session_id) do update set evaluated_at = excluded.evaluated_at, passed = excluded.passed, failed = excluded.failed,
                    jurisdiction = excluded.jurisdiction
                """, logged.Event.TenantId, e.SessionId, e.ClientId, logged.Event.Timestamp, e.Passed,
                e.Checks.Where(check => !check.Passed).Select(check => check.Name).ToArray(), e.Jurisdiction)
        ]
        : [])
    { Tables = ["gate"] };

    public static Task<List<GateRow>> Read(Database database, string tenant, Page page, CancellationToken ct) => database.Read(tenant, """
        select session_id, client_id, evaluated_at, passed, failed, jurisdiction from views.gate
        where tenant_id = $1 and ($2::text is null or (evaluated_at, session_id) < ($2::timestamptz, $3)) order by evaluated_at desc, session_id desc limit $4
        """, row => new GateRow(row.GetString(0), row.GetString(1), row.Instant(2), row.GetBoolean(3), row.GetFieldValue<string[]>(4), row.Text(5)),
        ct, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(GateRow row) => [row.EvaluatedAt.ToString("O"), row.SessionId];
}

/// <summary>One session's last answer.</summary>
/// <param name="Failed">Names of the checks that failed.</param>
internal sealed record GateRow(string SessionId, string ClientId, DateTimeOffset EvaluatedAt, bool Passed, string[] Failed, string? Jurisdiction);
