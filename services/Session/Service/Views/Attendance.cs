using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Session.Service.Views;

/// <summary>Who came to what: the calendar's sessions that are over.</summary>
internal static class Attendance
{
    public static Task<List<AttendedRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, """
        select session_id, starts_at, modality, planned_minutes, actual_minutes, attendance, closed_by, notice_hours from views.calendar
        where tenant_id = $1 and client_id = $2 and attendance is not null and ($3::text is null or (starts_at, session_id) > ($3::timestamptz, $4))
        order by starts_at, session_id limit $5
        """, row => new AttendedRow(row.GetString(0), row.Instant(1), row.GetString(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetInt32(4),
            row.GetString(5), row.Text(6), row.IsDBNull(7) ? null : row.GetInt32(7)), ct, clientId, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(AttendedRow row) => [row.StartsAt.ToString("O"), row.SessionId];
}

/// <summary>One session that is over.</summary>
/// <param name="Attendance"><c>attended</c>, <c>partial</c>, <c>no-show</c> or <c>cancelled</c>.</param>
/// <param name="By">Who cancelled or did not come, or why it ended.</param>
internal sealed record AttendedRow(
    string SessionId, DateTimeOffset StartsAt, string Modality, int PlannedMinutes, int? ActualMinutes, string Attendance, string? By, int? NoticeHours);
