using Clinic.EventLog;
using Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>
/// Who holds what where. Because a lapsed licence or a revoked platform sets its deadline here, behind every session before it in the
/// log, no session can be missed: later ones meet the licence and the platform themselves at their start.
/// </summary>
internal static class Practice
{
    public const string LicenceEnded = "licence-ended";
    public const string PlatformEnded = "platform-ended";

    public static Projection View { get; } = new("practice", logged => logged.Event.Data switch
    {
        SessionScheduled e =>
        [
            Sql.Statement("insert into views.practice (tenant_id, session_id, practitioner_id, platform_id, status, starts_at) values ($1, $2, $3, $4, 'scheduled', $5)",
                logged.Event.TenantId, e.SessionId, e.PractitionerId, e.PlatformId, e.StartsAt)
        ],
        SessionRescheduled e => [Set(logged, e.SessionId, "starts_at = $3", e.StartsAt)],
        SessionMovedToPlatform e => [Set(logged, e.SessionId, "platform_id = $3", e.PlatformId)],
        SessionStarted e => [Set(logged, e.SessionId, "status = 'started', started_at = $3, jurisdiction = $4", e.StartedAt, e.Jurisdiction)],
        SessionEnded e => [Set(logged, e.SessionId, "status = 'over'")],
        SessionCancelled e => [Set(logged, e.SessionId, "status = 'over'")],
        SessionStopped e => [Set(logged, e.SessionId, "status = 'over'")],
        NoShowRecorded e => [Set(logged, e.SessionId, "status = 'over'")],
        LicenceNoted { Status: LicenceNoted.Lapsed or LicenceNoted.Suspended } e =>
            [Deadlines.Set(logged, $"{LicenceEnded}/{e.Jurisdiction}", logged.Event.Timestamp)],
        PlatformRevoked => [Deadlines.Set(logged, PlatformEnded, logged.Event.Timestamp)],
        _ => []
    })
    { Tables = ["practice"] };

    /// <summary>A practitioner's sessions that are to come, or began since an instant.</summary>
    public static Task<List<PracticeRow>> Of(Database database, string tenant, string practitionerId, DateTimeOffset since, CancellationToken ct) => database.Read(tenant, """
        select session_id, status, starts_at, started_at, jurisdiction from views.practice
        where tenant_id = $1 and practitioner_id = $2 and (status = 'scheduled' or started_at >= $3) order by starts_at, session_id
        """, Row, ct, practitionerId, since);

    /// <summary>Sessions to come on a platform.</summary>
    public static Task<List<PracticeRow>> On(Database database, string tenant, string platformId, CancellationToken ct) => database.Read(tenant, """
        select session_id, status, starts_at, started_at, jurisdiction from views.practice
        where tenant_id = $1 and platform_id = $2 and status = 'scheduled' order by starts_at, session_id
        """, Row, ct, platformId);

    private static PracticeRow Row(Npgsql.NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.Instant(2), row.IsDBNull(3) ? null : row.Instant(3), row.Text(4));

    private static Npgsql.NpgsqlBatchCommand Set(LoggedEvent logged, string sessionId, string assignments, params object?[] values) => Sql.Statement(
        $"update views.practice set {assignments} where tenant_id = $1 and session_id = $2", [logged.Event.TenantId, sessionId, .. values]);
}

internal sealed record PracticeRow(string SessionId, string Status, DateTimeOffset StartsAt, DateTimeOffset? StartedAt, string? Jurisdiction);
