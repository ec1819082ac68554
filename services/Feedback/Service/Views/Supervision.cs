using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Views;

/// <summary>Cases that supervision was asked to look at.</summary>
internal static class Supervision
{
    public static Projection View { get; } = new("alerts", logged => logged.Event.Data switch
    {
        // the same cause may be found again by a correction; it is one review
        SupervisionReviewRequested e =>
        [
            Sql.Statement("""
                insert into views.supervision (tenant_id, client_id, review_id, trigger, source_id, due_at, requested_at) values ($1, $2, $3, $4, $5, $6, $7)
                on conflict do nothing
                """, logged.Event.TenantId, e.ClientId, e.ReviewId, e.Trigger, e.SourceId, e.DueAt, logged.Event.Timestamp)
        ],
        SupervisionReviewCompleted e =>
        [
            Sql.Statement("update views.supervision set reviewer = $3, outcome = $4, completed_at = $5 where tenant_id = $1 and review_id = $2",
                logged.Event.TenantId, e.ReviewId, e.Reviewer, e.Outcome, logged.Event.Timestamp)
        ],
        _ => []
    })
    { Tables = ["supervision"] };

    public static Task<List<SupervisionRow>> Read(Database database, string tenant, bool all, Page page, CancellationToken ct) => database.Read(tenant, """
        select client_id, review_id, trigger, source_id, due_at, requested_at, reviewer, outcome from views.supervision
        where tenant_id = $1 and ($2 or completed_at is null) and ($3::text is null or (requested_at, review_id) > ($3::timestamptz, $4))
        order by requested_at, review_id limit $5
        """, row => new SupervisionRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Instant(4), row.Instant(5), row.Text(6), row.Text(7)),
        ct, all, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(SupervisionRow row) => [row.RequestedAt.ToString("O"), row.ReviewId];
}

/// <summary>One review.</summary>
internal sealed record SupervisionRow(
    string ClientId, string ReviewId, string Trigger, string SourceId, DateTimeOffset DueAt, DateTimeOffset RequestedAt, string? Reviewer, string? Outcome);
