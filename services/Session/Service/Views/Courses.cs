using Clinic.EventLog;
using Clinic.Hosting;
using D = Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>Self-guided courses and how far their clients have come.</summary>
internal static class Courses
{
    public static Projection View { get; } = new("courses", logged => logged.Event.Data switch
    {
        D.CourseEnrolled e =>
        [
            Sql.Statement("""
                insert into views.courses (tenant_id, course_id, client_id, protocol, version, category, modules, status, enrolled_at)
                values ($1, $2, $3, $4, $5, $6, $7, 'enrolled', $8)
                """, logged.Event.TenantId, e.CourseId, e.ClientId, e.Protocol, e.ProtocolVersion, e.Category, e.Modules, logged.Event.Timestamp)
        ],
        D.ModuleStarted e => [Set(logged, e.CourseId, "status = 'active'")],
        D.ModuleCompleted e => [Set(logged, e.CourseId, "completed = completed || $3::text, minutes = minutes + $4", e.ModuleId, e.Minutes)],
        D.CoursePaused e => [Set(logged, e.CourseId, "status = 'paused'")],
        D.CourseResumed e => [Set(logged, e.CourseId, "status = 'active'")],
        D.CourseCompleted e => [Set(logged, e.CourseId, "status = 'completed'")],
        D.CourseStopped e => [Set(logged, e.CourseId, "status = 'stopped'")],
        _ => []
    })
    { Tables = ["courses"] };

    public static Task<List<CourseRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, """
        select course_id, protocol, version, category, modules, completed, minutes, status, enrolled_at from views.courses
        where tenant_id = $1 and client_id = $2 and ($3::text is null or (enrolled_at, course_id) > ($3::timestamptz, $4)) order by enrolled_at, course_id limit $5
        """, row => new CourseRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4),
            row.GetFieldValue<string[]>(5), row.GetInt32(6), row.GetString(7), row.Instant(8)), ct, clientId, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(CourseRow row) => [row.EnrolledAt.ToString("O"), row.CourseId];

    private static Npgsql.NpgsqlBatchCommand Set(LoggedEvent logged, string courseId, string assignments, params object?[] values) => Sql.Statement(
        $"update views.courses set {assignments} where tenant_id = $1 and course_id = $2", [logged.Event.TenantId, courseId, .. values]);
}

/// <summary>One course.</summary>
internal sealed record CourseRow(
    string CourseId, string Protocol, string Version, string Category, string[] Modules, string[] Completed, int Minutes, string Status, DateTimeOffset EnrolledAt);
