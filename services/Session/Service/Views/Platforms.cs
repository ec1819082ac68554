using Clinic.EventLog;
using Clinic.Hosting;
using D = Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>The register of platforms: with whom there is an agreement, until when, and what they collect (S48, S63).</summary>
internal static class Platforms
{
    public static Projection View { get; } = new("practice", logged => logged.Event.Data switch
    {
        D.PlatformApproved e =>
        [
            Sql.Statement("""
                insert into views.platforms (tenant_id, platform_id, agreement_ref, e2ee, collects, review_by, status) values ($1, $2, $3, $4, $5, $6, 'approved')
                on conflict (tenant_id, platform_id) do update set agreement_ref = excluded.agreement_ref, e2ee = excluded.e2ee, collects = excluded.collects,
                    review_by = excluded.review_by, status = excluded.status, reason = null
                """, logged.Event.TenantId, e.PlatformId, e.AgreementRef, e.E2ee, e.CollectsForAdvertising, e.ReviewBy)
        ],
        D.PlatformRevoked e =>
        [
            Sql.Statement("update views.platforms set status = 'revoked', reason = $3 where tenant_id = $1 and platform_id = $2",
                logged.Event.TenantId, e.PlatformId, e.ReasonCode)
        ],
        _ => []
    })
    { Tables = ["platforms"] };

    public static Task<List<PlatformRow>> Read(Database database, string tenant, Page page, CancellationToken ct) => database.Read(tenant, """
        select platform_id, agreement_ref, e2ee, collects, review_by, status, reason from views.platforms
        where tenant_id = $1 and ($2::text is null or platform_id > $2) order by platform_id limit $3
        """, row => new PlatformRow(row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetBoolean(3), row.GetFieldValue<DateOnly>(4), row.GetString(5),
            row.Text(6)), ct, page.Key(0), page.Limit);

    public static string[] Key(PlatformRow row) => [row.PlatformId];
}

/// <summary>One platform.</summary>
/// <param name="ReviewBy">Last day on which the agreement may be relied on.</param>
internal sealed record PlatformRow(
    string PlatformId, string AgreementRef, bool E2ee, bool CollectsForAdvertising, DateOnly ReviewBy, string Status, string? Reason);
