using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service.Views;

/// <summary>Referrals and how far each has come. Waits count from the recorded instant, whatever the sender's clock said (T62).</summary>
internal static class Worklist
{
    public static Projection View { get; } = new("worklist", logged => logged.Event.Data switch
    {
        ReferralReceived e =>
        [
            Sql.Statement("""
                insert into views.worklist (tenant_id, referral_id, source, urgency, status, received_at, clock_ahead) values ($1, $2, $3, $4, 'received', $5, $6)
                """, logged.Event.TenantId, e.ReferralId, e.Source, e.Urgency, logged.Event.Timestamp, e.ClockAhead == true)
        ],
        ClientRegistered { ReferralId: { } referralId } e => [ByReferral(logged, referralId, "status = 'registered', client_id = $3, registered_at = $4", e.ClientId, logged.Event.Timestamp)],
        ScreeningCompleted e => [ByClient(logged, e.ClientId, "status = 'screening'", "status = 'registered'")],
        SuitabilityDecided e => [Decided(logged, e)],
        CrisisPathwayActivated e => [ByClient(logged, e.ClientId, "in_crisis = true")],
        CrisisPathwayClosed e => [ByClient(logged, e.ClientId, "in_crisis = false")],
        ReferredOut e => [ByClient(logged, e.ClientId, "status = 'referred-out'", "status <> 'closed'")],
        ReferralClosed e => [ByReferral(logged, e.ReferralId, "status = 'closed', client_id = $3, closed_at = $4", e.ClientId, logged.Event.Timestamp)],
        _ => []
    })
    { Tables = ["worklist"] };

    public static Task<List<WorklistRow>> Read(Database database, string tenant, Page page, CancellationToken ct) => database.Read(tenant, """
        select referral_id, source, urgency, case when in_crisis then 'crisis' else status end, client_id, received_at, clock_ahead, decided_at, closed_at from views.worklist
        where tenant_id = $1 and ($2::text is null or (received_at, referral_id) > ($2::timestamptz, $3)) order by received_at, referral_id limit $4
        """, row => new WorklistRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Text(4), row.Instant(5), row.GetBoolean(6),
            row.IsDBNull(7) ? null : row.Instant(7), row.IsDBNull(8) ? null : row.Instant(8)), ct, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(WorklistRow row) => [row.ReceivedAt.ToString("O"), row.ReferralId];

    /// <summary>How long referrals wait for a decision, per urgency; those still waiting count as they stand.</summary>
    public static Task<List<WaitRow>> Waits(Database database, string tenant, DateTimeOffset now, CancellationToken ct) => database.Read(tenant, """
        select urgency, count(*) filter (where decided_at is null and closed_at is null), count(*),
               percentile_disc(0.5) within group (order by wait), max(wait)
        from (select urgency, decided_at, closed_at, floor(extract(epoch from coalesce(decided_at, closed_at, $2) - received_at) / 3600)::int as wait
              from views.worklist where tenant_id = $1) w
        group by urgency order by urgency
        """, row => new WaitRow(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetInt32(4)), ct, now.UtcDateTime);

    private static Npgsql.NpgsqlBatchCommand Decided(LoggedEvent logged, SuitabilityDecided e) => Sql.Statement("""
        update views.worklist set status = case when status = 'closed' then status else $4 end, client_id = $3, decided_at = coalesce(decided_at, $5)
        where tenant_id = $1 and (client_id = $3 or referral_id = $2)
        """, logged.Event.TenantId, e.ReferralId, e.ClientId, e.Decision, logged.Event.Timestamp);

    private static Npgsql.NpgsqlBatchCommand ByReferral(LoggedEvent logged, string referralId, string set, params object?[] values) => Sql.Statement(
        $"update views.worklist set {set} where tenant_id = $1 and referral_id = $2", [logged.Event.TenantId, referralId, .. values]);

    private static Npgsql.NpgsqlBatchCommand ByClient(LoggedEvent logged, string clientId, string set, string condition = "true") => Sql.Statement(
        $"update views.worklist set {set} where tenant_id = $1 and client_id = $2 and {condition}", logged.Event.TenantId, clientId);
}

/// <summary>One referral.</summary>
/// <param name="Status"><c>received</c>, <c>registered</c>, <c>screening</c>, a decision, <c>referred-out</c>, <c>closed</c>, or <c>crisis</c> while one is open.</param>
/// <param name="ReceivedAt">When it was recorded here.</param>
/// <param name="ClockAhead">The sender's clock was ahead when it was sent.</param>
/// <param name="DecidedAt">When somebody first decided about care.</param>
internal sealed record WorklistRow(
    string ReferralId, string Source, string Urgency, string Status, string? ClientId, DateTimeOffset ReceivedAt, bool ClockAhead, DateTimeOffset? DecidedAt,
    DateTimeOffset? ClosedAt);

/// <summary>Waits of one urgency, in hours.</summary>
/// <param name="Open">Referrals nobody has decided about.</param>
internal sealed record WaitRow(string Urgency, long Open, long Referrals, int MedianHours, int LongestHours);
