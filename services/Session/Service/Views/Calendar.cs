using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>A client's sessions and what became of each.</summary>
internal static class Calendar
{
    public static Projection View { get; } = new("calendar", logged => logged.Event.Data switch
    {
        SessionScheduled e =>
        [
            Sql.Statement("""
                insert into views.calendar (tenant_id, session_id, client_id, practitioner_id, modality, starts_at, planned_minutes, status)
                values ($1, $2, $3, $4, $5, $6, $7, 'scheduled')
                """, logged.Event.TenantId, e.SessionId, e.ClientId, e.PractitionerId, e.Modality, e.StartsAt, e.PlannedMinutes)
        ],
        SessionGateEvaluated e => [Moved(logged, e.SessionId, e.Passed ? "scheduled" : "gate-failed", null, null)],
        SessionStarted e => [Moved(logged, e.SessionId, "in-progress", null, null)],
        SessionEnded e => [Moved(logged, e.SessionId, "ended", e.EndReason, e.ActualMinutes)],
        SessionCancelled e => [Moved(logged, e.SessionId, "cancelled", e.By, null)],
        SessionStopped e => [Moved(logged, e.SessionId, "stopped", e.By, null)],
        _ => []
    })
    { Tables = ["calendar"] };

    public static Task<List<CalendarRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, """
        select session_id, practitioner_id, modality, starts_at, planned_minutes, status, closed_by, actual_minutes from views.calendar
        where tenant_id = $1 and client_id = $2 and ($3::text is null or (starts_at, session_id) > ($3::timestamptz, $4))
        order by starts_at, session_id limit $5
        """, row => new CalendarRow(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.GetInt32(4), row.GetString(5),
            row.Text(6), row.IsDBNull(7) ? null : row.GetInt32(7)), ct, clientId, page.Key(0), page.Key(1), page.Limit);

    /// <summary>Everything of a period, for a release.</summary>
    public static async Task<List<CalendarRow>> ReadAll(Database database, string tenant, string clientId, CancellationToken ct)
    {
        var rows = new List<CalendarRow>();
        for (var page = new Page(Page.Most, []); ; page = page with { After = Key(rows[^1]) })
        {
            var next = await Read(database, tenant, clientId, page, ct);
            rows.AddRange(next);
            if (next.Count < page.Limit) return rows;
        }
    }

    public static string[] Key(CalendarRow row) => [row.StartsAt.ToString("O"), row.SessionId];

    private static Npgsql.NpgsqlBatchCommand Moved(LoggedEvent logged, string sessionId, string status, string? closedBy, int? minutes) => Sql.Statement(
        "update views.calendar set status = $3, closed_by = $4, actual_minutes = $5 where tenant_id = $1 and session_id = $2",
        logged.Event.TenantId, sessionId, status, closedBy, minutes);
}

/// <summary>One session.</summary>
/// <param name="ClosedBy">Who cancelled or stopped it, or why it ended.</param>
internal sealed record CalendarRow(
    string SessionId, string PractitionerId, string Modality, DateTimeOffset StartsAt, int PlannedMinutes, string Status, string? ClosedBy, int? ActualMinutes);
