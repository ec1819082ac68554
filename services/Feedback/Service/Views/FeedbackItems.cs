using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Views;

/// <summary>
/// Feedback to clients, of rule sets and of people. What a person wrote is a copy of the event's encrypted text, opened for whoever
/// reads the view: an erasure needs to purge nothing here.
/// </summary>
internal static class FeedbackItems
{
    private const string Erased = "(erased)";

    public static Projection View { get; } = new("feedback", logged => logged.Event.Data switch
    {
        AutomatedFeedbackGenerated e =>
        [
            Sql.Statement("""
                insert into views.feedback_items (tenant_id, client_id, feedback_id, kind, status, made_at, ruleset, tailoring, input_ids, messages)
                values ($1, $2, $3, 'automated', $4, $5, $6, $7, $8, $9)
                """, logged.Event.TenantId, e.ClientId, e.FeedbackId, e.AwaitsReview ? "awaits-review" : "released", logged.Event.Timestamp,
                $"{e.RulesetId}/{e.RulesetVersion}", e.Tailoring, e.InputIds, e.Messages)
        ],
        FeedbackSuppressed e =>
        [
            Sql.Statement("""
                insert into views.feedback_items (tenant_id, client_id, feedback_id, kind, status, made_at, reason_code) values ($1, $2, $3, 'automated', 'suppressed', $4, $5)
                on conflict (tenant_id, feedback_id) do update set status = 'suppressed', reason_code = excluded.reason_code
                """, logged.Event.TenantId, e.ClientId, e.FeedbackId, logged.Event.Timestamp, e.ReasonCode)
        ],
        HumanFeedbackGiven e =>
        [
            Sql.Statement("""
                insert into views.feedback_items (tenant_id, client_id, feedback_id, kind, status, made_at, author_id, author_role, in_reply_to, text, event_id)
                values ($1, $2, $3, 'human', 'released', $4, $5, $6, $7, $8, $9)
                """, logged.Event.TenantId, e.ClientId, e.FeedbackId, logged.Event.Timestamp, e.AuthorId, e.AuthorRole, e.InReplyTo, e.Text.Copy(), logged.Event.Id),
            Sql.Statement("update views.feedback_items set answered_by = $4 where tenant_id = $1 and client_id = $2 and feedback_id = $3",
                logged.Event.TenantId, e.ClientId, e.InReplyTo, e.FeedbackId)
        ],
        FeedbackReviewed { Released: true } e => [Moved(logged, e.FeedbackId, "released")],
        FeedbackDelivered e => [Moved(logged, e.FeedbackId, "delivered")],
        FeedbackViewed e => [Moved(logged, e.FeedbackId, "viewed")],
        _ => []
    })
    { Tables = ["feedback_items"] };

    /// <param name="outOnly">Only what the client may see.</param>
    public static async Task<List<FeedbackRow>> Read(
        Database database, FieldEncryption fields, string tenant, string clientId, bool outOnly, Page page, CancellationToken ct)
    {
        var rows = await database.Read(tenant, """
            select feedback_id, kind, status, made_at, ruleset, tailoring, input_ids, messages, reason_code, author_id, author_role, in_reply_to, text, event_id
            from views.feedback_items
            where tenant_id = $1 and client_id = $2 and (not $6 or status in ('released', 'delivered', 'viewed'))
                and ($3::text is null or (made_at, feedback_id) > ($3::timestamptz, $4))
            order by made_at, feedback_id limit $5
            """, row => (Row: new FeedbackRow(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Text(4), row.Number(5), row.Texts(6), row.Texts(7),
                row.Text(8), row.Text(9), row.Text(10), row.Text(11), row.Text(12)), Event: row.IsDBNull(13) ? Guid.Empty : row.GetGuid(13)),
            ct, clientId, page.Key(0), page.Key(1), page.Limit, outOnly);
        var opened = new List<FeedbackRow>(rows.Count);
        foreach (var (row, id) in rows)
            opened.Add(row.Text is null ? row : row with
            {
                Text = await fields.Read<string>(row.Text, new FieldPlace(tenant, FeedbackItem.StreamId(row.FeedbackId), id, "text"), Subjects.Of("clientId", clientId), DataClasses.Record, ct) ?? Erased
            });
        return opened;
    }

    /// <summary>What waits for a person: to be let out, or to be written instead of what was held back.</summary>
    public static Task<List<WaitingFeedbackRow>> ReadWaiting(Database database, string tenant, Page page, CancellationToken ct) => database.Read(tenant, """
        select client_id, feedback_id, status, made_at, reason_code from views.feedback_items
        where tenant_id = $1 and (status = 'awaits-review' or (status = 'suppressed' and reason_code = 'safety-alert-open' and answered_by is null))
            and ($2::text is null or (made_at, feedback_id) > ($2::timestamptz, $3))
        order by made_at, feedback_id limit $4
        """, row => new WaitingFeedbackRow(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Text(4)), ct, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(FeedbackRow row) => [row.MadeAt.ToString("O"), row.FeedbackId];

    public static string[] Key(WaitingFeedbackRow row) => [row.MadeAt.ToString("O"), row.FeedbackId];

    private static string[]? Texts(this Npgsql.NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetFieldValue<string[]>(ordinal);

    private static Npgsql.NpgsqlBatchCommand Moved(LoggedEvent logged, string feedbackId, string status) => Sql.Statement(
        "update views.feedback_items set status = $3 where tenant_id = $1 and feedback_id = $2", logged.Event.TenantId, feedbackId, status);
}

/// <summary>One piece of feedback. What was erased says so, <c>(erased)</c>.</summary>
/// <param name="Kind"><c>automated</c> or <c>human</c>.</param>
/// <param name="Messages">Codes of what a rule set says.</param>
/// <param name="Text">What a person wrote.</param>
internal sealed record FeedbackRow(
    string FeedbackId, string Kind, string Status, DateTimeOffset MadeAt, string? Ruleset, int? Tailoring, string[]? InputIds, string[]? Messages,
    string? ReasonCode, string? AuthorId, string? AuthorRole, string? InReplyTo, string? Text);

/// <summary>Feedback that waits for a person.</summary>
internal sealed record WaitingFeedbackRow(string ClientId, string FeedbackId, string Status, DateTimeOffset MadeAt, string? ReasonCode);
