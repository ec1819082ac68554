using Clinic.Consent.Domain;
using Clinic.Consent.Service.Timing;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>Accountings and amendments that clients wait for, with the deadline of each.</summary>
internal static class WaitingRequests
{
    private const string Accounting = "accounting", Amendment = "amendment";

    public static Projection View { get; } = new("waiting-requests", logged => logged.Event.Data switch
    {
        AccountingRequested e =>
        [
            Asked(logged, Accounting, e.ClientId, e.RequestId, e.Regime, e.DueAt),
            Deadlines.Set(logged, RequestDeadlines.AccountingName(e.RequestId), e.DueAt)
        ],
        AccountingExtended e =>
        [
            Due(logged, Accounting, e.ClientId, e.RequestId, e.DueAt),
            Deadlines.Set(logged, RequestDeadlines.AccountingName(e.RequestId), e.DueAt)
        ],
        AccountingOverdue e => [Late(logged, Accounting, e.ClientId, e.RequestId)],
        AccountingIssued e => [Answered(logged, Accounting, e.ClientId, e.RequestId), Deadlines.Clear(logged, RequestDeadlines.AccountingName(e.RequestId))],
        AmendmentRequested e =>
        [
            Asked(logged, Amendment, e.ClientId, e.AmendmentId, e.Category, e.DueAt),
            Deadlines.Set(logged, RequestDeadlines.Amendment, e.DueAt)
        ],
        AmendmentExtended e => [Due(logged, Amendment, e.ClientId, e.AmendmentId, e.DueAt), Deadlines.Set(logged, RequestDeadlines.Amendment, e.DueAt)],
        AmendmentOverdue e => [Late(logged, Amendment, e.ClientId, e.AmendmentId)],
        AmendmentDecided e => [Answered(logged, Amendment, e.ClientId, e.AmendmentId), Deadlines.Clear(logged, RequestDeadlines.Amendment)],
        _ => []
    })
    { Tables = ["waiting_requests"] };

    /// <summary>The soonest due first.</summary>
    public static Task<List<WaitingRequestRow>> Read(Database database, string tenant, Page page, CancellationToken ct) => database.Read(tenant, """
        select kind, client_id, request_id, subject, asked_at, due_at, overdue from views.waiting_requests
        where tenant_id = $1 and ($2::text is null or (due_at, kind, client_id, request_id) > ($2::timestamptz, $3, $4, $5))
        order by due_at, kind, client_id, request_id limit $6
        """, row => new WaitingRequestRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Instant(4), row.Instant(5), row.GetBoolean(6)), ct,
        page.Key(0), page.Key(1), page.Key(2), page.Key(3), page.Limit);

    public static string[] Key(WaitingRequestRow row) => [row.DueAt.ToString("O"), row.Kind, row.ClientId, row.RequestId];

    private static Npgsql.NpgsqlBatchCommand Asked(LoggedEvent logged, string kind, string clientId, string requestId, string subject, DateTimeOffset dueAt) => Sql.Statement(
        "insert into views.waiting_requests (tenant_id, kind, client_id, request_id, subject, asked_at, due_at, overdue) values ($1, $2, $3, $4, $5, $6, $7, false)",
        logged.Event.TenantId, kind, clientId, requestId, subject, logged.Event.Timestamp, dueAt);

    private static Npgsql.NpgsqlBatchCommand Due(LoggedEvent logged, string kind, string clientId, string requestId, DateTimeOffset dueAt) => Sql.Statement(
        "update views.waiting_requests set due_at = $5 where tenant_id = $1 and kind = $2 and client_id = $3 and request_id = $4",
        logged.Event.TenantId, kind, clientId, requestId, dueAt);

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
