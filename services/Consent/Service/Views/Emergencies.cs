using Clinic.Consent.Domain;
using Clinic.Consent.Service.Timing;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>Every breaking of the glass, who must review it, and the deadlines that close and escalate.</summary>
internal static class Emergencies
{
    public static Projection View { get; } = new("emergencies", logged => logged.Event.Data switch
    {
        EmergencyAccessGranted e =>
        [
            Sql.Statement("""
                insert into views.emergencies (tenant_id, access_id, client_id, user_id, reason_code, status, granted_at, expires_at, overdue, client_informed)
                values ($1, $2, $3, $4, $5, 'granted', $6, $7, false, false)
                """, logged.Event.TenantId, e.AccessId, e.ClientId, e.UserId, e.ReasonCode, logged.Event.Timestamp, e.ExpiresAt),
            Deadlines.Set(logged, EmergencyDeadlines.Close, e.ExpiresAt)
        ],
        EmergencyAccessClosed e =>
        [
            Sql.Statement("update views.emergencies set status = 'closed', review_due_at = $3 where tenant_id = $1 and access_id = $2",
                logged.Event.TenantId, e.AccessId, e.ReviewDueAt),
            Deadlines.Clear(logged, EmergencyDeadlines.Close),
            Deadlines.Set(logged, EmergencyDeadlines.Review, e.ReviewDueAt)
        ],
        EmergencyAccessReviewed e =>
        [
            Sql.Statement("update views.emergencies set status = $3, reviewer = $4 where tenant_id = $1 and access_id = $2",
                logged.Event.TenantId, e.AccessId, e.Outcome, e.Reviewer),
            Deadlines.Clear(logged, EmergencyDeadlines.Review)
        ],
        EmergencyReviewOverdue e => [Mark(logged, e.AccessId, "overdue")],
        ClientInformed e => [Mark(logged, e.AccessId, "client_informed")],
        _ => []
    })
    { Tables = ["emergencies"] };

    /// <summary>The queue: what is open or waits for a review, the longest first.</summary>
    public static Task<List<EmergencyRow>> Waiting(Database database, string tenant, Page page, CancellationToken ct) => Rows(database, tenant,
        "status in ('granted', 'closed') and ($2::text is null or (granted_at, access_id) > ($2::timestamptz, $3)) order by granted_at, access_id limit $4", ct,
        page.Key(0), page.Key(1), page.Limit);

    /// <summary>What the client may know of.</summary>
    public static Task<List<EmergencyRow>> Informed(Database database, string tenant, string clientId, CancellationToken ct) =>
        Rows(database, tenant, "client_id = $2 and client_informed order by granted_at, access_id", ct, clientId);

    public static string[] Key(EmergencyRow row) => [row.GrantedAt.ToString("O"), row.AccessId];

    private static Task<List<EmergencyRow>> Rows(Database database, string tenant, string where, CancellationToken ct, params object?[] parameters) => database.Read(tenant,
        $"select access_id, client_id, user_id, reason_code, status, granted_at, expires_at, review_due_at, reviewer, overdue from views.emergencies where tenant_id = $1 and {where}",
        row => new EmergencyRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Instant(5), row.Instant(6),
            row.IsDBNull(7) ? null : row.Instant(7), row.Text(8), row.GetBoolean(9)), ct, parameters);

    private static Npgsql.NpgsqlBatchCommand Mark(LoggedEvent logged, string accessId, string column) => Sql.Statement(
        $"update views.emergencies set {column} = true where tenant_id = $1 and access_id = $2", logged.Event.TenantId, accessId);
}

/// <summary>One emergency access; the narrative stays in its event.</summary>
internal sealed record EmergencyRow(
    string AccessId, string ClientId, string UserId, string ReasonCode, string Status, DateTimeOffset GrantedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? ReviewDueAt, string? Reviewer, bool Overdue);
