using Clinic.EventLog;
using Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>
/// Who holds what where. Because a lapsed licence or a revoked platform sets its deadline here, behind every session before it in the
/// log, no session and no thread can be missed: later ones meet the licence and the platform themselves.
/// </summary>
internal static class Practice
{
    public const string LicenceEnded = ThreadReassignmentNeeded.LicenceEnded;
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
        SessionHeld e => [Set(logged, e.SessionId, "held = true")],
        SessionHoldReleased e => [Set(logged, e.SessionId, "held = false")],
        SessionFlagged { ReasonCode: LicenceEnded } e => [Set(logged, e.SessionId, "flagged = true")],
        ThreadOpened e => [Answers(logged, e.ThreadId, e.PractitionerId)],
        ThreadReassigned e => [Answers(logged, e.ThreadId, e.PractitionerId)],
        ThreadReassignmentNeeded e => [Unanswered(logged, e.ThreadId)],
        ThreadClosed e => [Unanswered(logged, e.ThreadId)],
        LicenceNoted { Status: LicenceNoted.Lapsed or LicenceNoted.Suspended } e =>
            [Deadlines.Set(logged, $"{LicenceEnded}/{e.Jurisdiction}", logged.Event.Timestamp)],
        PlatformRevoked => [Deadlines.Set(logged, PlatformEnded, logged.Event.Timestamp)],
        _ => []
    })
    { Tables = ["practice", "practice_threads"] };

    /// <summary>A practitioner's sessions that are to come and not held, or began since an instant and are not flagged.</summary>
    public static Task<List<PracticeRow>> Of(Database database, string tenant, string practitionerId, DateTimeOffset since, CancellationToken ct) => database.Read(tenant, """
        select session_id, status, starts_at, started_at, jurisdiction from views.practice
        where tenant_id = $1 and practitioner_id = $2 and (status = 'scheduled' and not held or started_at >= $3 and not flagged) order by starts_at, session_id
        """, Row, ct, practitionerId, since);

    /// <summary>Sessions to come on a platform.</summary>
    /// <param name="evenHeld">Also those that wait for a clinician's word.</param>
    public static Task<List<PracticeRow>> On(Database database, string tenant, string platformId, bool evenHeld, CancellationToken ct) => database.Read(tenant, """
        select session_id, status, starts_at, started_at, jurisdiction from views.practice
        where tenant_id = $1 and platform_id = $2 and status = 'scheduled' and (not held or $3) order by starts_at, session_id
        """, Row, ct, platformId, evenHeld);

    /// <summary>Open threads that a practitioner answers.</summary>
    public static Task<List<string>> ThreadsOf(Database database, string tenant, string practitionerId, CancellationToken ct) => database.Read(tenant,
        "select thread_id from views.practice_threads where tenant_id = $1 and practitioner_id = $2 order by thread_id",
        row => row.GetString(0), ct, practitionerId);

    private static Npgsql.NpgsqlBatchCommand Answers(LoggedEvent logged, string threadId, string practitionerId) => Sql.Statement("""
        insert into views.practice_threads (tenant_id, thread_id, practitioner_id) values ($1, $2, $3)
        on conflict (tenant_id, thread_id) do update set practitioner_id = excluded.practitioner_id
        """, logged.Event.TenantId, threadId, practitionerId);

    private static Npgsql.NpgsqlBatchCommand Unanswered(LoggedEvent logged, string threadId) => Sql.Statement(
        "delete from views.practice_threads where tenant_id = $1 and thread_id = $2", logged.Event.TenantId, threadId);

    private static PracticeRow Row(Npgsql.NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.Instant(2), row.IsDBNull(3) ? null : row.Instant(3), row.Text(4));

    private static Npgsql.NpgsqlBatchCommand Set(LoggedEvent logged, string sessionId, string assignments, params object?[] values) => Sql.Statement(
        $"update views.practice set {assignments} where tenant_id = $1 and session_id = $2", [logged.Event.TenantId, sessionId, .. values]);
}

internal sealed record PracticeRow(string SessionId, string Status, DateTimeOffset StartsAt, DateTimeOffset? StartedAt, string? Jurisdiction);
