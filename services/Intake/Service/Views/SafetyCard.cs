using Clinic.EventLog;
using Clinic.Intake.Domain;
using Npgsql;

namespace Clinic.Intake.Service.Views;

/// <summary>What a clinician must see of a client at one look: risk, alerts, emergency plan, suitability.</summary>
internal static class SafetyCard
{
    public static Projection View { get; } = new("safety-card", logged => logged.Event.Data switch
    {
        ClientRegistered e => Set(logged, e.ClientId, "identity_mode = $3, language = $4", e.IdentityMode, e.Language),
        ScreeningCompleted e => Set(logged, e.ClientId, "last_instrument = $3, last_total = $4, last_band = $5", e.Instrument, e.Total, e.Band),
        FollowUpScreenRequested e => Set(logged, e.ClientId, "follow_up = $3", e.Instrument),
        RiskTriaged e => Set(logged, e.ClientId, "tier = $3, triaged_by = $4, action_due_at = $5, follow_up = null", e.Tier, e.ClinicianId, e.ActionDueAt),
        EmergencyPlanRecorded e => Set(logged, e.ClientId, "plan_review_by = $3", e.ReviewBy),
        SuitabilityDecided e => Set(logged, e.ClientId, "suitability = $3, category = $4, decided_by = $5", e.Decision, e.Category, e.DecidedBy),
        CrisisPathwayActivated e => Set(logged, e.ClientId, "in_crisis = true"),
        CrisisPathwayClosed e => Set(logged, e.ClientId, "in_crisis = false"),
        SafetyAlertNoted e => Set(logged, e.ClientId, "alerts = c.alerts || $3::text", e.AlertId),
        _ => []
    })
    { Tables = ["safety_card"] };

    public static async Task<SafetyCardRow?> Read(Database database, string tenant, string clientId, CancellationToken ct) =>
        (await database.Read(tenant, """
            select identity_mode, language, last_instrument, last_total, last_band, follow_up, tier, triaged_by, action_due_at,
                   plan_review_by, suitability, category, decided_by, in_crisis, alerts
            from views.safety_card where tenant_id = $1 and client_id = $2
            """, row => new SafetyCardRow(clientId, row.Text(0), row.Text(1), row.Text(2), row.IsDBNull(3) ? null : row.GetInt32(3), row.Text(4),
                row.Text(5), row.Text(6), row.Text(7), row.IsDBNull(8) ? null : row.Instant(8), row.IsDBNull(9) ? null : row.GetFieldValue<DateOnly>(9),
                row.Text(10), row.Text(11), row.Text(12), row.GetBoolean(13), row.GetFieldValue<string[]>(14)), ct, clientId)).SingleOrDefault();

    private static NpgsqlBatchCommand[] Set(LoggedEvent logged, string clientId, string assignments, params object?[] values) =>
    [
        Sql.Statement("insert into views.safety_card (tenant_id, client_id) values ($1, $2) on conflict do nothing", logged.Event.TenantId, clientId),
        Sql.Statement($"update views.safety_card c set {assignments} where tenant_id = $1 and client_id = $2", [logged.Event.TenantId, clientId, .. values])
    ];
}

/// <summary>One client's card.</summary>
/// <param name="FollowUp">Instrument still to be answered before anybody decides.</param>
/// <param name="Alerts">Safety alerts raised by feedback.</param>
internal sealed record SafetyCardRow(
    string ClientId, string? IdentityMode, string? Language, string? LastInstrument, int? LastTotal, string? LastBand, string? FollowUp,
    string? Tier, string? TriagedBy, DateTimeOffset? ActionDueAt, DateOnly? PlanReviewBy, string? Suitability, string? Category,
    string? DecidedBy, bool InCrisis, string[] Alerts);
