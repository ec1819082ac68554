using Clinic.Contracts.Session;
using Clinic.EventLog;
using Clinic.Hosting;
using D = Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>Threads and who is to write next. Drafts are nobody's business but their author's, so they leave no row.</summary>
internal static class Threads
{
    public static Projection View { get; } = new("threads", logged => logged.Event.Data switch
    {
        D.ThreadOpened e =>
        [
            Sql.Statement("""
                insert into views.threads (tenant_id, thread_id, client_id, practitioner_id, channel, reply_hours, group_id, status, last_at)
                values ($1, $2, $3, $4, $5, $6, $7, 'open', $8)
                """, logged.Event.TenantId, e.ThreadId, e.ClientId, e.PractitionerId, e.Channel, e.ReplyWithinHours, e.GroupId, logged.Event.Timestamp)
        ],
        D.MessageSent e => [Set(logged, e.ThreadId, "status = $3, messages = messages + 1, last_at = $4, gap = false",
            e.Direction == Directions.FromClient ? "awaiting-supporter" : "awaiting-client", e.SentAt)],
        D.GroupEntryPosted e => [Set(logged, e.ThreadId, "messages = messages + 1, last_at = $3", e.PostedAt)],
        D.GroupEntryWritten e => [Set(logged, e.ThreadId, "messages = messages + 1, last_at = $3", e.PostedAt)],
        D.ThreadGapDetected e => [Set(logged, e.ThreadId, "gap = true")],
        D.ThreadReassigned e => [Set(logged, e.ThreadId, "practitioner_id = $3, reassign_for = null", e.PractitionerId)],
        D.ThreadReassignmentNeeded e => [Set(logged, e.ThreadId, "reassign_for = $3", e.ReasonCode)],
        D.ThreadClosed e => [Set(logged, e.ThreadId, "status = 'closed', gap = false")],
        _ => []
    })
    { Tables = ["threads"] };

    /// <summary>Open threads, those that wait longest first.</summary>
    /// <param name="practitionerId">Whose; null is everybody's.</param>
    public static Task<List<ThreadRow>> Inbox(Database database, string tenant, string? practitionerId, Page page, CancellationToken ct) =>
        Read(database, tenant, "status <> 'closed' and ($2::text is null or practitioner_id = $2)", practitionerId, page, ct);

    public static Task<List<ThreadRow>> Of(Database database, string tenant, string clientId, Page page, CancellationToken ct) =>
        Read(database, tenant, "client_id = $2", clientId, page, ct);

    public static string[] Key(ThreadRow row) => [row.LastAt.ToString("O"), row.ThreadId];

    private static Task<List<ThreadRow>> Read(Database database, string tenant, string which, string? whose, Page page, CancellationToken ct) => database.Read(tenant, $"""
        select thread_id, client_id, practitioner_id, channel, reply_hours, group_id, status, messages, last_at, gap, reassign_for from views.threads
        where tenant_id = $1 and {which} and ($3::text is null or (last_at, thread_id) > ($3::timestamptz, $4)) order by last_at, thread_id limit $5
        """, row => new ThreadRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.Text(5), row.GetString(6),
            row.GetInt32(7), row.Instant(8), row.GetBoolean(9), row.Text(10)), ct, whose, page.Key(0), page.Key(1), page.Limit);

    private static Npgsql.NpgsqlBatchCommand Set(LoggedEvent logged, string threadId, string assignments, params object?[] values) => Sql.Statement(
        $"update views.threads set {assignments} where tenant_id = $1 and thread_id = $2", [logged.Event.TenantId, threadId, .. values]);
}

/// <summary>One thread.</summary>
/// <param name="ReplyHours">What the client was told to expect.</param>
/// <param name="Gap">Nobody has written for longer than was to be expected (S16).</param>
/// <param name="ReassignFor">Why somebody else has to answer, if so.</param>
internal sealed record ThreadRow(
    string ThreadId, string ClientId, string PractitionerId, string Channel, int ReplyHours, string? GroupId, string Status, int Messages, DateTimeOffset LastAt,
    bool Gap, string? ReassignFor);
