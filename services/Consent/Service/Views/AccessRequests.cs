using Clinic.Consent.Domain;
using Clinic.Consent.Service.Timing;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>Copies of records that clients wait for, with the deadline of each.</summary>
internal static class AccessRequests
{
    public static Projection View { get; } = new("access-requests", logged => logged.Event.Data switch
    {
        AccessRequested e =>
        [
            Sql.Statement("insert into views.access_requests (tenant_id, request_id, client_id, categories, asked_at, due_at, overdue) values ($1, $2, $3, $4, $5, $6, false)",
                logged.Event.TenantId, e.RequestId, e.ClientId, e.Categories, logged.Event.Timestamp, e.DueAt),
            Deadlines.Set(logged, AccessDeadlines.Due, e.DueAt)
        ],
        AccessExtended e =>
        [
            Sql.Statement("update views.access_requests set due_at = $3 where tenant_id = $1 and request_id = $2", logged.Event.TenantId, e.RequestId, e.DueAt),
            Deadlines.Set(logged, AccessDeadlines.Due, e.DueAt)
        ],
        AccessProvided e =>
        [
            Sql.Statement("delete from views.access_requests where tenant_id = $1 and request_id = $2", logged.Event.TenantId, e.RequestId),
            Deadlines.Clear(logged, AccessDeadlines.Due)
        ],
        AccessOverdue e => [Sql.Statement("update views.access_requests set overdue = true where tenant_id = $1 and request_id = $2", logged.Event.TenantId, e.RequestId)],
        _ => []
    })
    { Tables = ["access_requests"] };

    /// <summary>The soonest due first.</summary>
    public static Task<List<AccessRequestRow>> Waiting(Database database, string tenant, Page page, CancellationToken ct) => database.Read(tenant, """
        select request_id, client_id, categories, asked_at, due_at, overdue from views.access_requests
        where tenant_id = $1 and ($2::text is null or (due_at, request_id) > ($2::timestamptz, $3)) order by due_at, request_id limit $4
        """, row => new AccessRequestRow(row.GetString(0), row.GetString(1), row.GetFieldValue<string[]>(2), row.Instant(3), row.Instant(4), row.GetBoolean(5)), ct,
        page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(AccessRequestRow row) => [row.DueAt.ToString("O"), row.RequestId];
}

/// <summary>One copy that was asked for and not yet given.</summary>
internal sealed record AccessRequestRow(string RequestId, string ClientId, string[] Categories, DateTimeOffset AskedAt, DateTimeOffset DueAt, bool Overdue);
