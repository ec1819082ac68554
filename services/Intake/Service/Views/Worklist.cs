using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service.Views;

/// <summary>Referrals and how far each has come.</summary>
internal static class Worklist
{
    public static Projection View { get; } = new("worklist", logged => logged.Event.Data switch
    {
        ReferralReceived e =>
        [
            Sql.Statement("insert into views.worklist (tenant_id, referral_id, source, urgency, status, received_at) values ($1, $2, $3, $4, 'received', $5)",
                logged.Event.TenantId, e.ReferralId, e.Source, e.Urgency, logged.Event.Timestamp)
        ],
        ClientRegistered { ReferralId: { } referralId } e => [Moved(logged, referralId, "registered", e.ClientId)],
        SuitabilityDecided { ReferralId: { } referralId } e => [Moved(logged, referralId, e.Decision, e.ClientId)],
        _ => []
    })
    { Tables = ["worklist"] };

    public static Task<List<WorklistRow>> Read(Database database, string tenant, Page page, CancellationToken ct) => database.Read(tenant, """
        select referral_id, source, urgency, status, client_id, received_at from views.worklist
        where tenant_id = $1 and ($2::text is null or (received_at, referral_id) > ($2::timestamptz, $3)) order by received_at, referral_id limit $4
        """, row => new WorklistRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Text(4), row.Instant(5)), ct,
        page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(WorklistRow row) => [row.ReceivedAt.ToString("O"), row.ReferralId];

    private static Npgsql.NpgsqlBatchCommand Moved(LoggedEvent logged, string referralId, string status, string clientId) => Sql.Statement(
        "update views.worklist set status = $3, client_id = $4 where tenant_id = $1 and referral_id = $2", logged.Event.TenantId, referralId, status, clientId);
}

/// <summary>One referral.</summary>
internal sealed record WorklistRow(string ReferralId, string Source, string Urgency, string Status, string? ClientId, DateTimeOffset ReceivedAt);
