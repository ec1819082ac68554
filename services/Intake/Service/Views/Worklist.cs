using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Npgsql;
using ClientRegistered = Clinic.Intake.Domain.ClientRegistered;
using ReferralReceived = Clinic.Intake.Domain.ReferralReceived;
using ScreeningCompleted = Clinic.Intake.Domain.ScreeningCompleted;
using SuitabilityDecided = Clinic.Intake.Domain.SuitabilityDecided;
using ClientEnrolled = Clinic.Intake.Domain.ClientEnrolled;
using ReferredOut = Clinic.Intake.Domain.ReferredOut;
using ReferralClosed = Clinic.Intake.Domain.ReferralClosed;

namespace Clinic.Intake.Service.Views;

/// <summary>
/// Everybody who was referred or came by themselves, how far each has come, and what each waits for. Waits count from the recorded
/// instant, whatever the sender's clock said (T62).
/// </summary>
internal static class Worklist
{
    private const string Self = "client:";

    public static Projection View { get; } = new("worklist", logged => logged.Event.Data switch
    {
        ReferralReceived e =>
        [
            Sql.Statement("""
                insert into views.worklist (tenant_id, referral_id, source, urgency, status, received_at, clock_ahead) values ($1, $2, $3, $4, 'received', $5, $6)
                """, logged.Event.TenantId, e.ReferralId, e.Source, e.Urgency, logged.Event.Timestamp, e.ClockAhead == true)
        ],
        ClientRegistered { ReferralId: { } referralId } e => [ByReferral(logged, referralId, "status = 'registered', client_id = $3, registered_at = $4", e.ClientId, logged.Event.Timestamp)],
        ClientRegistered e =>
        [
            Sql.Statement("""
                insert into views.worklist (tenant_id, referral_id, route, source, urgency, status, client_id, received_at, registered_at)
                values ($1, $2, 'self', 'self', 'none', 'registered', $3, $4, $4)
                """, logged.Event.TenantId, Self + e.ClientId, e.ClientId, logged.Event.Timestamp)
        ],
        ScreeningCompleted e => [ByClient(logged, e.ClientId, "status = 'screening'", "status = 'registered'")],
        // no clinician decides about education and self-guided care
        ClientEnrolled e when !CareCategories.IsHumanSupported(e.Category) =>
        [
            ByClient(logged, e.ClientId, "enrolled_at = coalesce(enrolled_at, $3), status = case when status in ('registered', 'screening') then 'enrolled' else status end",
                "true", logged.Event.Timestamp)
        ],
        SuitabilityDecided e => [Decided(logged, e)],
        TherapistAssigned e => [ByClient(logged, e.ClientId, "therapist_id = $3, therapist_since = coalesce(therapist_since, $4)", "true", e.PractitionerId, logged.Event.Timestamp)],
        TherapistReleased e => [ByClient(logged, e.ClientId, "therapist_id = null")],
        CrisisPathwayActivated e => [ByClient(logged, e.ClientId, "in_crisis = true")],
        CrisisPathwayClosed e => [ByClient(logged, e.ClientId, "in_crisis = false")],
        ReferredOut e => [ByClient(logged, e.ClientId, "status = 'referred-out'", "status <> 'closed'")],
        ReferralClosed e => [ByReferral(logged, e.ReferralId, "status = 'closed', client_id = $3, closed_at = $4", e.ClientId, logged.Event.Timestamp)],
        _ => []
    })
    { Tables = ["worklist"] };

    /// <param name="waiting">Only those for whom somebody has something to do.</param>
    public static Task<List<WorklistRow>> Read(Database database, string tenant, bool waiting, Page page, CancellationToken ct) => database.Read(tenant, """
        select referral_id, source, urgency, case when in_crisis then 'crisis' else status end, client_id, received_at, clock_ahead, decided_at, closed_at,
               route, waits_for, triage_due_at, follow_up, referred_out, therapist_id
        from (
            select w.*, b.triage_due_at, c.follow_up, c.referred_out,
                   case when w.status = 'closed' or c.duplicate_of is not null then null
                        when w.in_crisis then 'crisis'
                        when w.client_id is null then 'registration'
                        when b.triage_since is not null then 'triage'
                        when c.follow_up is not null then 'follow-up-screen'
                        when c.referred_out is not null then 'acceptance'
                        when w.decided_at is null and w.enrolled_at is null then 'decision'
                        when w.status in ('online', 'online-with-limits') and c.category = 'therapist-supported' and w.therapist_id is null then 'therapist' end as waits_for
            from views.worklist w
                 left join views.safety_card c on c.tenant_id = w.tenant_id and c.client_id = w.client_id
                 left join views.crisis_board b on b.tenant_id = w.tenant_id and b.client_id = w.client_id
            where w.tenant_id = $1 and ($2::text is null or (w.received_at, w.referral_id) > ($2::timestamptz, $3))
        ) l where not $5 or waits_for is not null order by received_at, referral_id limit $4
        """, Row, ct, page.Key(0), page.Key(1), page.Limit, waiting);

    public static string[] Key(WorklistRow row) => [row.ReceivedAt.ToString("O"), row.ReferralId];

    /// <summary>How long people wait for a decision, and then for a therapist, per way in and urgency; those still waiting count as they stand.</summary>
    public static Task<List<WaitRow>> Waits(Database database, string tenant, DateTimeOffset now, CancellationToken ct) => database.Read(tenant, """
        select urgency, count(*) filter (where ended_at is null), count(*), percentile_disc(0.5) within group (order by hours), max(hours), route,
               count(*) filter (where needs_therapist), percentile_disc(0.5) within group (order by therapist_hours), max(therapist_hours)
        from (
            select urgency, route, ended_at, floor(extract(epoch from coalesce(ended_at, $2) - received_at) / 3600)::int as hours, needs_therapist,
                   case when therapist_since is not null or needs_therapist
                        then floor(extract(epoch from greatest(coalesce(therapist_since, $2) - decided_at, '0')) / 3600)::int end as therapist_hours
            from (
                select w.urgency, w.route, w.received_at, w.decided_at, w.therapist_since, coalesce(w.decided_at, w.enrolled_at, w.closed_at) as ended_at,
                       w.therapist_id is null and w.status in ('online', 'online-with-limits') and coalesce(c.category = 'therapist-supported', false) as needs_therapist
                from views.worklist w left join views.safety_card c on c.tenant_id = w.tenant_id and c.client_id = w.client_id
                where w.tenant_id = $1 and c.duplicate_of is null) o
        ) w group by route, urgency order by route, urgency
        """, row => new WaitRow(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetInt32(4), row.GetString(5), row.GetInt64(6),
            row.IsDBNull(7) ? null : row.GetInt32(7), row.IsDBNull(8) ? null : row.GetInt32(8)), ct, now.UtcDateTime);

    private static WorklistRow Row(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Text(4), row.Instant(5), row.GetBoolean(6),
        row.IsDBNull(7) ? null : row.Instant(7), row.IsDBNull(8) ? null : row.Instant(8), row.GetString(9), row.Text(10),
        row.IsDBNull(11) ? null : row.Instant(11), row.Text(12), row.Text(13), row.Text(14));

    private static NpgsqlBatchCommand Decided(LoggedEvent logged, SuitabilityDecided e) => Sql.Statement("""
        update views.worklist set status = case when status = 'closed' then status else $4 end, client_id = $3, decided_at = coalesce(decided_at, $5)
        where tenant_id = $1 and (client_id = $3 or referral_id = $2)
        """, logged.Event.TenantId, e.ReferralId, e.ClientId, e.Decision, logged.Event.Timestamp);

    private static NpgsqlBatchCommand ByReferral(LoggedEvent logged, string referralId, string set, params object?[] values) => Sql.Statement(
        $"update views.worklist set {set} where tenant_id = $1 and referral_id = $2", [logged.Event.TenantId, referralId, .. values]);

    private static NpgsqlBatchCommand ByClient(LoggedEvent logged, string clientId, string set, string condition = "true", params object?[] values) => Sql.Statement(
        $"update views.worklist set {set} where tenant_id = $1 and client_id = $2 and {condition}", [logged.Event.TenantId, clientId, .. values]);
}

/// <summary>One way into care: a referral, or a client who came by themselves.</summary>
/// <param name="ReferralId"><c>client:</c> and the pseudonym for who came by themselves.</param>
/// <param name="Urgency">As the referral says; <c>none</c> without one.</param>
/// <param name="Status"><c>received</c>, <c>registered</c>, <c>screening</c>, <c>enrolled</c>, a decision, <c>referred-out</c>, <c>closed</c>, or <c>crisis</c> while one is open.</param>
/// <param name="ReceivedAt">When it was recorded here.</param>
/// <param name="ClockAhead">The sender's clock was ahead when it was sent.</param>
/// <param name="DecidedAt">When somebody first decided about care.</param>
/// <param name="Route"><c>referral</c> or <c>self</c>.</param>
/// <param name="WaitsFor">
/// What somebody has to do next: <c>crisis</c>, <c>registration</c>, <c>triage</c>, <c>follow-up-screen</c>, <c>acceptance</c> elsewhere, <c>decision</c>
/// or <c>therapist</c>; null when nothing is to be done.
/// </param>
/// <param name="TriageDueAt">Until when a clinician looks at a risk.</param>
/// <param name="FollowUp">Instrument still to be answered before anybody decides.</param>
/// <param name="ReferredTo">Where to, while nobody has accepted there.</param>
/// <param name="TherapistId">Therapist of record.</param>
internal sealed record WorklistRow(
    string ReferralId, string Source, string Urgency, string Status, string? ClientId, DateTimeOffset ReceivedAt, bool ClockAhead, DateTimeOffset? DecidedAt,
    DateTimeOffset? ClosedAt, string Route, string? WaitsFor, DateTimeOffset? TriageDueAt, string? FollowUp, string? ReferredTo, string? TherapistId);

/// <summary>Waits of one way in and urgency, in hours.</summary>
/// <param name="Urgency"><c>none</c> for who came by themselves.</param>
/// <param name="Open">Nobody has decided about them.</param>
/// <param name="Referrals">All of them.</param>
/// <param name="MedianHours">To the decision, to enrolment in care that needs none, or to the referral's end.</param>
/// <param name="Route"><c>referral</c> or <c>self</c>.</param>
/// <param name="AwaitingTherapist">Decided, for care by a therapist, and none assigned.</param>
/// <param name="MedianHoursToTherapist">From the decision to the first therapist; null when that concerns nobody.</param>
internal sealed record WaitRow(
    string Urgency, long Open, long Referrals, int MedianHours, int LongestHours, string Route, long AwaitingTherapist, int? MedianHoursToTherapist,
    int? LongestHoursToTherapist);
