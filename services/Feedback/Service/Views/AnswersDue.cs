using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Views;

/// <summary>Messages that a person owes an answer, and how answers kept what was promised.</summary>
internal static class AnswersDue
{
    public static Projection View { get; } = new("alerts", logged => logged.Event.Data switch
    {
        ResponseDueSet e =>
        [
            Sql.Statement("""
                insert into views.answers_due (tenant_id, client_id, thread_id, message_id, sent_at, due_at, status) values ($1, $2, $3, $4, $5, $6, 'waiting')
                """, logged.Event.TenantId, e.ClientId, e.ThreadId, e.MessageId, e.SentAt, e.DueAt)
        ],
        ResponseOverdue e => [Changed(logged, "status = 'overdue', level = $4", e.ThreadId, e.MessageId, e.Level)],
        ResponseMet e => [Changed(logged, "status = case when $5 then 'met' else 'met-late' end, hours = $4", e.ThreadId, e.MessageId, e.Hours, e.InTime)],
        _ => []
    })
    { Tables = ["answers_due"] };

    /// <summary>The board of the clinic: what waits, and what is late; all of it when asked.</summary>
    public static Task<List<AnswerDueRow>> Read(Database database, string tenant, bool all, Page page, CancellationToken ct) => database.Read(tenant, """
        select client_id, thread_id, message_id, sent_at, due_at, status, level, hours from views.answers_due
        where tenant_id = $1 and ($2 or status in ('waiting', 'overdue')) and ($3::text is null or (due_at, message_id) > ($3::timestamptz, $4))
        order by due_at, message_id limit $5
        """, row => new AnswerDueRow(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Instant(4), row.GetString(5), row.GetInt32(6), row.Number(7)),
        ct, all, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(AnswerDueRow row) => [row.DueAt.ToString("O"), row.MessageId];

    private static Npgsql.NpgsqlBatchCommand Changed(LoggedEvent logged, string set, params object?[] values) => Sql.Statement(
        $"update views.answers_due set {set} where tenant_id = $1 and thread_id = $2 and message_id = $3", [logged.Event.TenantId, .. values]);
}

/// <summary>One message of a client's.</summary>
/// <param name="Status"><c>waiting</c>, <c>overdue</c>, <c>met</c> or <c>met-late</c>.</param>
/// <param name="Hours">From the message to the answer.</param>
internal sealed record AnswerDueRow(
    string ClientId, string ThreadId, string MessageId, DateTimeOffset SentAt, DateTimeOffset DueAt, string Status, int Level, int? Hours);
