using Clinic.EventLog;
using Clinic.Instruments;
using Clinic.Intake.Domain;
using Npgsql;

namespace Clinic.Intake.Service.Views;

/// <summary>What a clinician must see of a client at one look: risk, alerts, emergency plan, identity, technology, suitability.</summary>
internal static class SafetyCard
{
    public static Projection View { get; } = new("safety-card", logged => logged.Event.Data switch
    {
        ClientRegistered e => Set(logged, e.ClientId, "identity_mode = $3, language = $4", e.IdentityMode, e.Language),
        ScreeningCompleted e => Set(logged, e.ClientId,
            "last_instrument = $3, last_total = $4, last_band = $5" + (e is { Instrument: CSsrs.Code, Validity: Validities.Complete } ? ", follow_up = null" : ""),
            e.Instrument, e.Total, e.Band),
        FollowUpScreenRequested e => Set(logged, e.ClientId, "follow_up = $3", e.Instrument),
        RiskTriaged e => Set(logged, e.ClientId, "tier = $3, triaged_by = $4, action_due_at = $5", e.Tier, e.ClinicianId, e.ActionDueAt),
        EmergencyPlanRecorded e => Set(logged, e.ClientId, "plan_review_by = $3", e.ReviewBy),
        SuitabilityDecided e => Set(logged, e.ClientId, "suitability = $3, category = $4, decided_by = $5, decided_at = $6, overridden = $7, shared_decision = $8",
            e.Decision, e.Category, e.DecidedBy, logged.Event.Timestamp, e.Overridden == true, e.SharedDecisionId),
        CrisisPathwayActivated e => Set(logged, e.ClientId, "in_crisis = true, contact_attempts = 0"),
        CrisisContactAttempted e => Set(logged, e.ClientId, "contact_attempts = c.contact_attempts + 1"),
        CrisisPathwayClosed e => Set(logged, e.ClientId, "in_crisis = false"),
        SafetyAlertNoted e => Set(logged, e.ClientId, "alerts = c.alerts || $3::text", e.AlertId),
        RiskNoted e => Set(logged, e.ClientId, "risks = c.risks || $3::text", e.RiskId),
        IdentityProofed e => Set(logged, e.ClientId, "identity_level = $3, identity_expires_at = $4", e.Level, e.ExpiresAt),
        TechReadinessAssessed e => Set(logged, e.ClientId, "readiness = $3", e.Readiness),
        AlternativeOffered e => Set(logged, e.ClientId, "open_offer = $3", e.OfferId),
        OfferAnswered e => Set(logged, e.ClientId, "open_offer = nullif(c.open_offer, $3)", e.OfferId),
        ModalityPreferenceSet e => Set(logged, e.ClientId, "preferred = $3", (object)e.Modalities),
        ReferredOut e => Set(logged, e.ClientId, "referred_out = $3", e.Destination),
        ReferralAccepted e => Set(logged, e.ClientId, "referred_out = null"),
        ClientsLinked e when e.ClientId == e.Survivor => Set(logged, e.ClientId, "linked = c.linked || $3::text", e.Duplicate),
        ClientsLinked e => Set(logged, e.ClientId, "duplicate_of = $3", e.Survivor),
        ClientsUnlinked e when e.ClientId == e.Survivor => Set(logged, e.ClientId, "linked = array_remove(c.linked, $3)", e.Duplicate),
        ClientsUnlinked e => Set(logged, e.ClientId, "duplicate_of = null"),
        _ => []
    })
    { Tables = ["safety_card"] };

    public static async Task<SafetyCardRow?> Read(Database database, string tenant, string clientId, CancellationToken ct) =>
        (await database.Read(tenant, """
            select c.identity_mode, c.language, c.last_instrument, c.last_total, c.last_band, c.follow_up, c.tier, c.triaged_by, c.action_due_at,
                   c.plan_review_by, c.suitability, c.category, c.decided_by, c.in_crisis, c.alerts, c.identity_level, c.identity_expires_at, c.readiness,
                   c.open_offer, c.preferred, c.overridden, c.shared_decision, c.referred_out, c.linked, c.duplicate_of, c.contact_attempts, c.risks, c.decided_at
            from views.safety_card c where c.tenant_id = $1 and c.client_id = $2
            """, row => Row(clientId, row), ct, clientId)).SingleOrDefault();

    private static SafetyCardRow Row(string clientId, NpgsqlDataReader row) => new(
        clientId, row.Text(0), row.Text(1), row.Text(2), row.IsDBNull(3) ? null : row.GetInt32(3), row.Text(4),
        row.Text(5), row.Text(6), row.Text(7), row.IsDBNull(8) ? null : row.Instant(8), row.IsDBNull(9) ? null : row.GetFieldValue<DateOnly>(9),
        row.Text(10), row.Text(11), row.Text(12), row.GetBoolean(13), row.GetFieldValue<string[]>(14), row.Text(15), row.IsDBNull(16) ? null : row.Instant(16),
        row.Text(17), row.Text(18), row.GetFieldValue<string[]>(19), row.GetBoolean(20), row.Text(21), row.Text(22), row.GetFieldValue<string[]>(23), row.Text(24),
        row.GetInt32(25), row.GetFieldValue<string[]>(26), false, row.IsDBNull(27) ? null : row.Instant(27));

    private static NpgsqlBatchCommand[] Set(LoggedEvent logged, string clientId, string assignments, params object?[] values) =>
    [
        Sql.Statement("insert into views.safety_card (tenant_id, client_id) values ($1, $2) on conflict do nothing", logged.Event.TenantId, clientId),
        Sql.Statement($"update views.safety_card c set {assignments} where tenant_id = $1 and client_id = $2", [logged.Event.TenantId, clientId, .. values])
    ];
}

/// <summary>One client's card.</summary>
/// <param name="FollowUp">Instrument still to be answered before anybody decides.</param>
/// <param name="Alerts">Safety alerts raised by feedback.</param>
/// <param name="IdentityLevel">The level proofed last, until <paramref name="IdentityExpiresAt"/>; null when never.</param>
/// <param name="Readiness">For technology, as assessed last.</param>
/// <param name="OpenOffer">Another way was offered and not answered.</param>
/// <param name="Preferred">Modalities, the client's dearest first.</param>
/// <param name="Overridden">The decision goes against named exclusions.</param>
/// <param name="ReferredOut">Where to, while nobody has accepted there.</param>
/// <param name="Linked">Duplicates of this pseudonym.</param>
/// <param name="DuplicateOf">The pseudonym that goes on instead of this one.</param>
/// <param name="ContactAttempts">Since the crisis pathway began.</param>
/// <param name="Risks">Risks seen elsewhere.</param>
/// <param name="DecisionInDoubt">Who decided had no licence anywhere at that time, as was learned later (T37).</param>
/// <param name="DecidedAt">When.</param>
internal sealed record SafetyCardRow(
    string ClientId, string? IdentityMode, string? Language, string? LastInstrument, int? LastTotal, string? LastBand, string? FollowUp,
    string? Tier, string? TriagedBy, DateTimeOffset? ActionDueAt, DateOnly? PlanReviewBy, string? Suitability, string? Category,
    string? DecidedBy, bool InCrisis, string[] Alerts, string? IdentityLevel, DateTimeOffset? IdentityExpiresAt, string? Readiness, string? OpenOffer,
    string[] Preferred, bool Overridden, string? SharedDecision, string? ReferredOut, string[] Linked, string? DuplicateOf, int ContactAttempts,
    string[] Risks, bool DecisionInDoubt, DateTimeOffset? DecidedAt = null);
