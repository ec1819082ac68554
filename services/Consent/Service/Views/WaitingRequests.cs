using Clinic.Consent.Domain;
using Clinic.Consent.Service.Timing;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>
/// What clients wait for: accountings and amendments, with the deadline of each, and copies of the record, whose deadlines are set
/// beside their own list. Reasons are copies of the event's encrypted text.
/// </summary>
internal static class WaitingRequests
{
    private const string Accounting = "accounting", Amendment = "amendment", Access = "access";

    public static Projection View { get; } = new("waiting-requests", logged => logged.Event.Data switch
    {
        AccountingRequested e =>
        [
            Asked(logged, Accounting, e.ClientId, e.RequestId, e.Regime, e.DueAt),
            Deadlines.Set(logged, RequestDeadlines.AccountingName(e.RequestId), e.DueAt)
        ],
        AccountingExtended e =>
        [
            Due(logged, Accounting, e.ClientId, e.RequestId, e.DueAt, e.Reason),
            Deadlines.Set(logged, RequestDeadlines.AccountingName(e.RequestId), e.DueAt)
        ],
        AccountingOverdue e => [Late(logged, Accounting, e.ClientId, e.RequestId)],
        AccountingIssued e => [Answered(logged, Accounting, e.ClientId, e.RequestId), Deadlines.Clear(logged, RequestDeadlines.AccountingName(e.RequestId))],
        AmendmentRequested e =>
        [
            Asked(logged, Amendment, e.ClientId, e.AmendmentId, e.Category, e.DueAt),
            Deadlines.Set(logged, RequestDeadlines.Amendment, e.DueAt)
        ],
        AmendmentExtended e => [Due(logged, Amendment, e.ClientId, e.AmendmentId, e.DueAt, e.Reason), Deadlines.Set(logged, RequestDeadlines.Amendment, e.DueAt)],
        AmendmentOverdue e => [Late(logged, Amendment, e.ClientId, e.AmendmentId)],
        AmendmentDecided e => [Answered(logged, Amendment, e.ClientId, e.AmendmentId), Deadlines.Clear(logged, RequestDeadlines.Amendment)],
        AccessRequested e => [Asked(logged, Access, e.ClientId, e.RequestId, e.Categories.Length == 0 ? "everything" : string.Join(", ", e.Categories), e.DueAt)],
        AccessExtended e => [Due(logged, Access, e.ClientId, e.RequestId, e.DueAt, e.Reason)],
        AccessOverdue e => [Late(logged, Access, e.ClientId, e.RequestId)],
        AccessProvided e => [Answered(logged, Access, e.ClientId, e.RequestId)],
        _ => []
    })
    { Tables = ["waiting_requests"] };

    /// <summary>What the clinic still owes: accountings and amendments, the soonest due first.</summary>
    public static Task<List<WaitingRequestRow>> Read(Database database, string tenant, Page page, CancellationToken ct) => database.Read(tenant, """
        select kind, client_id, request_id, subject, asked_at, due_at, overdue from views.waiting_requests
        where tenant_id = $1 and kind <> 'access' and ($2::text is null or (due_at, kind, client_id, request_id) > ($2::timestamptz, $3, $4, $5))
        order by due_at, kind, client_id, request_id limit $6
        """, row => new WaitingRequestRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Instant(4), row.Instant(5), row.GetBoolean(6)), ct,
        page.Key(0), page.Key(1), page.Key(2), page.Key(3), page.Limit);

    /// <summary>All that one client waits for, with why it takes longer.</summary>
    public static async Task<List<OwnRequest>> Of(Database database, FieldEncryption fields, string tenant, string clientId, CancellationToken ct)
    {
        var rows = await database.Read(tenant, """
            select kind, request_id, subject, asked_at, due_at, overdue, reason, reason_event, stream_id from views.waiting_requests
            where tenant_id = $1 and client_id = $2 order by due_at, kind, request_id
            """, row => (Request: new OwnRequest(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Instant(4), row.GetBoolean(5), row.Text(6)),
                Event: row.IsDBNull(7) ? Guid.Empty : row.GetGuid(7), Stream: row.GetString(8)), ct, clientId);
        var opened = new List<OwnRequest>(rows.Count);
        foreach (var (request, id, stream) in rows)
            opened.Add(request.WhyLonger is not { } reason ? request : request with
            {
                WhyLonger = await fields.Read<string>(reason, new FieldPlace(tenant, stream, id, "reason"), Subjects.Of("clientId", clientId), DataClasses.Record, ct) ?? "(erased)"
            });
        return opened;
    }

    public static string[] Key(WaitingRequestRow row) => [row.DueAt.ToString("O"), row.Kind, row.ClientId, row.RequestId];

    private static Npgsql.NpgsqlBatchCommand Asked(LoggedEvent logged, string kind, string clientId, string requestId, string subject, DateTimeOffset dueAt) => Sql.Statement(
        """
        insert into views.waiting_requests (tenant_id, kind, client_id, request_id, subject, asked_at, due_at, overdue, stream_id)
        values ($1, $2, $3, $4, $5, $6, $7, false, $8)
        """, logged.Event.TenantId, kind, clientId, requestId, subject, logged.Event.Timestamp, dueAt, logged.Event.StreamKey);

    private static Npgsql.NpgsqlBatchCommand Due(LoggedEvent logged, string kind, string clientId, string requestId, DateTimeOffset dueAt, Personal<string> reason) => Sql.Statement("""
        update views.waiting_requests set due_at = $5, reason = $6, reason_event = $7 where tenant_id = $1 and kind = $2 and client_id = $3 and request_id = $4
        """, logged.Event.TenantId, kind, clientId, requestId, dueAt, reason.Copy(), logged.Event.Id);

    private static Npgsql.NpgsqlBatchCommand Late(LoggedEvent logged, string kind, string clientId, string requestId) => Sql.Statement(
        "update views.waiting_requests set overdue = true where tenant_id = $1 and kind = $2 and client_id = $3 and request_id = $4",
        logged.Event.TenantId, kind, clientId, requestId);

    private static Npgsql.NpgsqlBatchCommand Answered(LoggedEvent logged, string kind, string clientId, string requestId) => Sql.Statement(
        "delete from views.waiting_requests where tenant_id = $1 and kind = $2 and client_id = $3 and request_id = $4",
        logged.Event.TenantId, kind, clientId, requestId);
}

/// <summary>One request that was not yet answered.</summary>
/// <param name="Kind">accounting or amendment.</param>
/// <param name="Subject">Which accounting, or which category of the record.</param>
internal sealed record WaitingRequestRow(
    string Kind, string ClientId, string RequestId, string Subject, DateTimeOffset AskedAt, DateTimeOffset DueAt, bool Overdue);

/// <summary>One thing a client asked for and waits for.</summary>
/// <param name="Kind">accounting, amendment or access.</param>
/// <param name="Subject">Which accounting, or which of the record.</param>
/// <param name="WhyLonger">What the client is told of an extension; null where there was none.</param>
internal sealed record OwnRequest(
    string Kind, string RequestId, string Subject, DateTimeOffset AskedAt, DateTimeOffset DueAt, bool Overdue, string? WhyLonger = null);
