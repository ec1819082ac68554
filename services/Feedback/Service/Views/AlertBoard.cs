using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Views;

/// <summary>Alerts, how far up the chain each has gone, and who has dealt with it.</summary>
internal static class AlertBoard
{
    private const string Columns = "alert_id, rule_id, status, due_at, raised_at, handled_by, coalesce(kind, 'safety'), response_id, level, escalated_to, client_id";

    public static Projection View { get; } = new("alerts", logged => logged.Event.Data switch
    {
        SafetyAlertRaised e => [Raised(logged, AlertKinds.Safety, e.ClientId, e.AlertId, e.RuleId, e.ResponseId, e.DueAt)],
        DeteriorationAlertRaised e => [Raised(logged, AlertKinds.Deterioration, e.ClientId, e.AlertId, DeteriorationRule.Id, e.ResponseId, e.DueAt)],
        AllianceAlertRaised e => [Raised(logged, AlertKinds.Alliance, e.ClientId, e.AlertId, e.RuleId, e.ResponseId, e.DueAt)],
        AlertAcknowledged e => [Moved(logged, e.AlertId, "acknowledged", e.AcknowledgedBy)],
        AlertEscalated e =>
        [
            Sql.Statement("update views.alerts set status = 'escalated', level = $3, escalated_to = $4 where tenant_id = $1 and alert_id = $2",
                logged.Event.TenantId, e.AlertId, e.Level, e.PractitionerId)
        ],
        AlertResolved e => [Moved(logged, e.AlertId, "resolved", e.ResolvedBy)],
        AlertRetracted e => [Moved(logged, e.AlertId, "retracted", null)],
        _ => []
    })
    { Tables = ["alerts"] };

    public static Task<List<AlertRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, $"""
        select {Columns} from views.alerts
        where tenant_id = $1 and client_id = $2 and ($3::text is null or (raised_at, alert_id) > ($3::timestamptz, $4))
        order by raised_at, alert_id limit $5
        """, Row, ct, clientId, page.Key(0), page.Key(1), page.Limit);

    /// <summary>Of the whole clinic, those that are still open.</summary>
    public static Task<List<AlertRow>> ReadOpen(Database database, string tenant, Page page, CancellationToken ct) => database.Read(tenant, $"""
        select {Columns} from views.alerts
        where tenant_id = $1 and status in ('raised', 'escalated', 'acknowledged') and ($2::text is null or (raised_at, alert_id) > ($2::timestamptz, $3))
        order by raised_at, alert_id limit $4
        """, Row, ct, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(AlertRow row) => [row.RaisedAt.ToString("O"), row.AlertId];

    private static AlertRow Row(Npgsql.NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Instant(4),
        row.Text(5), row.GetString(6), row.Text(7), row.GetInt32(8), row.Text(9), row.GetString(10));

    private static Npgsql.NpgsqlBatchCommand Raised(
        LoggedEvent logged, string kind, string clientId, string alertId, string ruleId, string responseId, DateTimeOffset dueAt) => Sql.Statement("""
        insert into views.alerts (tenant_id, client_id, alert_id, rule_id, status, due_at, raised_at, kind, response_id) values ($1, $2, $3, $4, 'raised', $5, $6, $7, $8)
        """, logged.Event.TenantId, clientId, alertId, ruleId, dueAt, logged.Event.Timestamp, kind, responseId);

    private static Npgsql.NpgsqlBatchCommand Moved(LoggedEvent logged, string alertId, string status, string? by) => Sql.Statement(
        "update views.alerts set status = $3, handled_by = coalesce($4::text, handled_by) where tenant_id = $1 and alert_id = $2", logged.Event.TenantId, alertId, status, by);
}

/// <summary>One alert.</summary>
/// <param name="Kind"><c>safety</c>, <c>deterioration</c> or <c>alliance</c>.</param>
/// <param name="Level">How many steps of the chain were taken; 0 before the first.</param>
/// <param name="EscalatedTo">Whom the last step told; null when nobody was on call.</param>
internal sealed record AlertRow(
    string AlertId, string RuleId, string Status, DateTimeOffset DueAt, DateTimeOffset RaisedAt, string? HandledBy, string Kind, string? ResponseId,
    int Level, string? EscalatedTo, string ClientId);
