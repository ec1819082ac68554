using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Domain;
using CueProfiles = Clinic.Contracts.Session.CueProfiles;

namespace Clinic.Session.Service.Views;

/// <summary>A client's sessions and what became of each.</summary>
internal static class Calendar
{
    public static Projection View { get; } = new("calendar", logged => logged.Event.Data switch
    {
        SessionScheduled e =>
        [
            Sql.Statement("""
                insert into views.calendar (tenant_id, session_id, client_id, practitioner_id, modality, starts_at, planned_minutes, status, platform_id, time_zone, group_id)
                values ($1, $2, $3, $4, $5, $6, $7, 'scheduled', $8, $9, $10)
                """, logged.Event.TenantId, e.SessionId, e.ClientId, e.PractitionerId, e.Modality, e.StartsAt, e.PlannedMinutes, e.PlatformId, e.TimeZone, e.GroupId)
        ],
        SessionRescheduled e => [Set(logged, e.SessionId, "starts_at = $3, planned_minutes = $4, status = 'scheduled'", e.StartsAt, e.PlannedMinutes)],
        SessionMovedToPlatform e => [Set(logged, e.SessionId, "platform_id = $3", e.PlatformId)],
        ClientCheckedIn e => [Set(logged, e.SessionId, "status = case when status in ('scheduled', 'gate-failed') then 'checked-in' else status end")],
        SessionGateEvaluated e => e.Passed ? [] : [Set(logged, e.SessionId, "status = 'gate-failed'")],
        SessionStarted e => [Set(logged, e.SessionId, "status = 'in-progress', cue_profile = $3", e.CueProfile)],
        DisruptionRecorded e => [Set(logged, e.SessionId, "status = 'interrupted'")],
        Reconnected e => [Set(logged, e.SessionId, "status = 'in-progress'")],
        ModalityChangeAccepted e => [Set(logged, e.SessionId, "modality = $3, cue_profile = case when cue_profile is null then null else $4 end", e.Modality, e.CueProfile)],
        SessionEnded e => [Set(logged, e.SessionId, "status = 'ended', closed_by = $3, actual_minutes = $4, attendance = $5", e.EndReason, e.ActualMinutes, e.Attendance)],
        SessionCancelled e => [Set(logged, e.SessionId, "status = 'cancelled', closed_by = $3, notice_hours = $4, attendance = 'cancelled'", e.By, e.NoticeHours)],
        SessionStopped e => [Set(logged, e.SessionId, "status = 'stopped', closed_by = $3, attendance = case when cue_profile is null then 'cancelled' else 'partial' end", e.By)],
        NoShowRecorded e => [Set(logged, e.SessionId, "status = 'no-show', closed_by = $3, attendance = 'no-show'", e.Party)],
        WelfareCheckDue e => [Set(logged, e.SessionId, "welfare_due = $3", e.DueAt)],
        WelfareCheckDone e => [Set(logged, e.SessionId, "welfare_due = null")],
        SessionHeld e => [Set(logged, e.SessionId, "held_for = $3", e.ReasonCode)],
        SessionHoldReleased e => [Set(logged, e.SessionId, "held_for = null")],
        SessionFlagged e => [Set(logged, e.SessionId, "flags = flags || $3::text", e.ReasonCode)],
        _ => []
    })
    { Tables = ["calendar"] };

    public static Task<List<CalendarRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, """
        select session_id, practitioner_id, modality, starts_at, planned_minutes, status, closed_by, actual_minutes, platform_id, time_zone, group_id,
               cue_profile, attendance, notice_hours, held_for, flags, welfare_due from views.calendar
        where tenant_id = $1 and client_id = $2 and ($3::text is null or (starts_at, session_id) > ($3::timestamptz, $4))
        order by starts_at, session_id limit $5
        """, row => new CalendarRow(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.GetInt32(4), row.GetString(5),
            row.Text(6), row.IsDBNull(7) ? null : row.GetInt32(7), row.Text(8), row.Text(9), row.Text(10), row.Text(11), CueProfiles.MissingIn(row.Text(11)), row.Text(12),
            row.IsDBNull(13) ? null : row.GetInt32(13), row.Text(14), row.GetFieldValue<string[]>(15), row.IsDBNull(16) ? null : row.Instant(16)),
        ct, clientId, page.Key(0), page.Key(1), page.Limit);

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

    private static Npgsql.NpgsqlBatchCommand Set(LoggedEvent logged, string sessionId, string assignments, params object?[] values) => Sql.Statement(
        $"update views.calendar set {assignments} where tenant_id = $1 and session_id = $2", [logged.Event.TenantId, sessionId, .. values]);
}

/// <summary>One session.</summary>
/// <param name="ClosedBy">Who cancelled or stopped it or did not come, or why it ended.</param>
/// <param name="CueProfile">Name and version of what cannot be seen or heard (S13); null before it began.</param>
/// <param name="MissingCues">The codes of that profile.</param>
/// <param name="Attendance"><c>attended</c>, <c>partial</c>, <c>no-show</c> or <c>cancelled</c>; null while it is open.</param>
/// <param name="NoticeHours">Hours before the start at which it was cancelled.</param>
/// <param name="HeldFor">Why it must not begin, if so.</param>
/// <param name="Flags">What was learnt after it took place.</param>
/// <param name="WelfareDue">When somebody must have asked how the client is.</param>
internal sealed record CalendarRow(
    string SessionId, string PractitionerId, string Modality, DateTimeOffset StartsAt, int PlannedMinutes, string Status, string? ClosedBy, int? ActualMinutes,
    string? PlatformId, string? TimeZone, string? GroupId, string? CueProfile, string[] MissingCues, string? Attendance, int? NoticeHours, string? HeldFor,
    string[] Flags, DateTimeOffset? WelfareDue);
