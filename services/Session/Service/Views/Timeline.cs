using Clinic.Contracts.Session;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Domain;
using SessionScheduled = Clinic.Session.Domain.SessionScheduled;
using D = Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>What happened with a client, in order: ids and codes, no words. Psychotherapy notes are not part of the record.</summary>
internal static class Timeline
{
    public static Projection View { get; } = new("timeline", logged => logged.Event.Data switch
    {
        SessionScheduled e => Row(logged, e.ClientId, "session-scheduled", e.SessionId, e.Modality),
        D.SessionStarted e => Row(logged, e.ClientId, "session-started", e.SessionId, e.Modality),
        D.SessionEnded e => Row(logged, e.ClientId, "session-ended", e.SessionId, e.EndReason),
        D.SessionStopped e => Row(logged, e.ClientId, "session-stopped", e.SessionId, e.By),
        D.SessionCancelled e => Row(logged, e.ClientId, "session-cancelled", e.SessionId, e.By),
        D.NoShowRecorded e => Row(logged, e.ClientId, "no-show", e.SessionId, e.Party),
        D.DisruptionRecorded e => Row(logged, e.ClientId, "disruption", e.SessionId, e.Kind),
        D.WelfareCheckMissed e => Row(logged, e.ClientId, "welfare-check-missed", e.SessionId, null),
        D.WelfareCheckDone e => Row(logged, e.ClientId, "welfare-check", e.SessionId, e.Outcome),
        D.ModalityChangeAccepted e => Row(logged, e.ClientId, "modality-changed", e.SessionId, e.Modality),
        D.UnauthorisedParticipantDetected e => Row(logged, e.ClientId, "intrusion", e.SessionId, e.Kind),
        D.CrisisContactStarted e => Row(logged, e.ClientId, "crisis-contact", e.ContactId, e.Basis),
        D.RiskEventRaised e => Row(logged, e.ClientId, "risk", e.RiskId, e.Severity),
        D.MessageSent e => Row(logged, e.ClientId, "message", e.ThreadId, e.Direction),
        D.ThreadGapDetected e => Row(logged, e.ClientId, "thread-gap", e.ThreadId, e.WaitingFor),
        D.NoteSigned { Kind: NoteKinds.Progress } e => Row(logged, e.ClientId, "note-signed", e.NoteId, null),
        D.NoteAmended e => Row(logged, e.ClientId, "note-amended", e.NoteId, null),
        D.CourseEnrolled e => Row(logged, e.ClientId, "course-enrolled", e.CourseId, e.Protocol),
        D.ModuleCompleted e => Row(logged, e.ClientId, "module-completed", e.CourseId, e.ModuleId),
        D.CourseStopped e => Row(logged, e.ClientId, "course-stopped", e.CourseId, e.By),
        D.CourseCompleted e => Row(logged, e.ClientId, "course-completed", e.CourseId, null),
        _ => []
    })
    { Tables = ["timeline"] };

    public static Task<List<TimelineRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, """
        select at, kind, about, code, event_id from views.timeline
        where tenant_id = $1 and client_id = $2 and ($3::text is null or (at, event_id) > ($3::timestamptz, $4::uuid)) order by at, event_id limit $5
        """, row => new TimelineRow(row.Instant(0), row.GetString(1), row.GetString(2), row.Text(3), row.GetGuid(4)), ct, clientId, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(TimelineRow row) => [row.At.ToString("O"), row.EventId.ToString()];

    private static Npgsql.NpgsqlBatchCommand[] Row(LoggedEvent logged, string clientId, string kind, string about, string? code) =>
    [
        Sql.Statement("insert into views.timeline (tenant_id, event_id, client_id, at, kind, about, code) values ($1, $2, $3, $4, $5, $6, $7)",
            logged.Event.TenantId, logged.Event.Id, clientId, logged.Event.Timestamp, kind, about, code)
    ];
}

/// <summary>One thing that happened.</summary>
/// <param name="About">Id of the session, thread, note or course.</param>
internal sealed record TimelineRow(DateTimeOffset At, string Kind, string About, string? Code, Guid EventId);
