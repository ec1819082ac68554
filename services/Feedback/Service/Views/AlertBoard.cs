using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Views;

/// <summary>Safety alerts and who has dealt with them.</summary>
internal static class AlertBoard
{
    public static Projection View { get; } = new("alerts", logged => logged.Event.Data switch
    {
        SafetyAlertRaised e =>
        [
            Sql.Statement("insert into views.alerts (tenant_id, client_id, alert_id, rule_id, status, due_at, raised_at) values ($1, $2, $3, $4, 'raised', $5, $6)",
                logged.Event.TenantId, e.ClientId, e.AlertId, e.RuleId, e.DueAt, logged.Event.Timestamp)
        ],
        AlertAcknowledged e => [Moved(logged, e.AlertId, "acknowledged", e.AcknowledgedBy)],
        AlertResolved e => [Moved(logged, e.AlertId, "resolved", e.ResolvedBy)],
        _ => []
    })
    { Tables = ["alerts"] };

    public static Task<List<AlertRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, """
        select alert_id, rule_id, status, due_at, raised_at, handled_by from views.alerts
        where tenant_id = $1 and client_id = $2 and ($3::text is null or (raised_at, alert_id) > ($3::timestamptz, $4))
        order by raised_at, alert_id limit $5
        """, row => new AlertRow(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Instant(4), row.Text(5)), ct, clientId, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(AlertRow row) => [row.RaisedAt.ToString("O"), row.AlertId];

    private static Npgsql.NpgsqlBatchCommand Moved(LoggedEvent logged, string alertId, string status, string by) => Sql.Statement(
        "update views.alerts set status = $3, handled_by = $4 where tenant_id = $1 and alert_id = $2", logged.Event.TenantId, alertId, status, by);
}

/// <summary>One alert.</summary>
internal sealed record AlertRow(string AlertId, string RuleId, string Status, DateTimeOffset DueAt, DateTimeOffset RaisedAt, string? HandledBy);
