using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Views;

/// <summary>
/// Misunderstandings and concerns about boundaries, each beside the message or session it is about. Texts are copies of the events'
/// encrypted text, opened for whoever reads the view.
/// </summary>
internal static class Concerns
{
    private const string Erased = "(erased)";
    private const string Boundary = "boundary";

    public static Projection View { get; } = new("feedback", logged => logged.Event.Data switch
    {
        MisinterpretationReported e => [Raised(logged, e.ClientId, e.ConcernId, "misinterpretation", e.ReportedBy, e.MessageId, e.SessionId, e.Description)],
        BoundaryConcernRaised e => [Raised(logged, e.ClientId, e.ConcernId, Boundary, e.RaisedBy, e.MessageId, e.SessionId, e.Description)],
        ConcernRepaired e =>
        [
            Sql.Statement("update views.concerns set repaired_by = $3, repaired_at = $4, action = $5, repair_id = $6 where tenant_id = $1 and concern_id = $2",
                logged.Event.TenantId, e.ConcernId, e.RepairedBy, logged.Event.Timestamp, e.Action.Copy(), logged.Event.Id)
        ],
        _ => []
    })
    { Tables = ["concerns"] };

    /// <param name="boundaries">Whether concerns about boundaries are among them: they are not for the therapist they may be about.</param>
    public static async Task<List<ConcernRow>> Read(
        Database database, FieldEncryption fields, string tenant, string clientId, bool boundaries, Page page, CancellationToken ct)
    {
        var rows = await database.Read(tenant, """
            select concern_id, kind, raised_by, raised_at, message_id, session_id, description, repaired_by, repaired_at, action, event_id, repair_id from views.concerns
            where tenant_id = $1 and client_id = $2 and ($6 or kind <> 'boundary') and ($3::text is null or (raised_at, concern_id) > ($3::timestamptz, $4))
            order by raised_at, concern_id limit $5
            """, row => (Row: new ConcernRow(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Text(4), row.Text(5), row.GetString(6),
                row.Text(7), row.IsDBNull(8) ? null : row.Instant(8), row.Text(9)), Event: row.GetGuid(10), Repair: row.IsDBNull(11) ? Guid.Empty : row.GetGuid(11)),
            ct, clientId, page.Key(0), page.Key(1), page.Limit, boundaries);
        var opened = new List<ConcernRow>(rows.Count);
        foreach (var (row, id, repair) in rows)
        {
            async ValueTask<string> Open(string text, string member, Guid of) => await fields.Read<string>(text,
                new FieldPlace(tenant, CommunicationConcern.StreamId(row.ConcernId), of, member), Subjects.Of("clientId", clientId), DataClasses.Record, ct) ?? Erased;
            opened.Add(row with
            {
                Description = await Open(row.Description, "description", id),
                Action = row.Action is null ? null : await Open(row.Action, "action", repair)
            });
        }
        return opened;
    }

    public static string[] Key(ConcernRow row) => [row.RaisedAt.ToString("O"), row.ConcernId];

    private static Npgsql.NpgsqlBatchCommand Raised(
        LoggedEvent logged, string clientId, string concernId, string kind, string by, string? messageId, string? sessionId, Personal<string> description) => Sql.Statement("""
        insert into views.concerns (tenant_id, client_id, concern_id, kind, raised_by, raised_at, message_id, session_id, description, event_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """, logged.Event.TenantId, clientId, concernId, kind, by, logged.Event.Timestamp, messageId, sessionId, description.Copy(), logged.Event.Id);
}

/// <summary>One concern. What was erased says so, <c>(erased)</c>.</summary>
/// <param name="Kind"><c>misinterpretation</c> or <c>boundary</c>.</param>
/// <param name="Action">How it was put right; null while it is not.</param>
internal sealed record ConcernRow(
    string ConcernId, string Kind, string RaisedBy, DateTimeOffset RaisedAt, string? MessageId, string? SessionId, string Description,
    string? RepairedBy, DateTimeOffset? RepairedAt, string? Action);
