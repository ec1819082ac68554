using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Npgsql;

namespace Clinic.Intake.Service.Views;

/// <summary>Everybody for whom somebody has to act now: in the crisis pathway, or with a risk no clinician has looked at.</summary>
internal static class CrisisBoard
{
    private const string Done = "delete from views.crisis_board where tenant_id = $1 and client_id = $2 and opened_at is null and triage_since is null";

    public static Projection View { get; } = new("crisis-board", logged => logged.Event.Data switch
    {
        CrisisPathwayActivated e => Put(logged, e.ClientId, "opened_at = $3, trigger = $4, contact_possible = $5, attempts = 0, last_outcome = null, last_attempt_at = null, overdue = false",
            logged.Event.Timestamp, e.Trigger, e.ContactPossible),
        CrisisContactAttempted e => [Update(logged, e.ClientId, "attempts = attempts + 1, last_outcome = $3, last_attempt_at = $4", e.Outcome, logged.Event.Timestamp)],
        CrisisContactOverdue e => [Update(logged, e.ClientId, "overdue = true")],
        CrisisPathwayClosed e => [Update(logged, e.ClientId, "opened_at = null, trigger = null, contact_possible = null, attempts = 0, overdue = false"), Gone(logged, e.ClientId)],
        FollowUpScreenRequested e => Put(logged, e.ClientId, "triage_since = coalesce(b.triage_since, $3)", logged.Event.Timestamp),
        SafetyAlertNoted e => Put(logged, e.ClientId, "triage_since = coalesce(b.triage_since, $3), triage_due_at = least(b.triage_due_at, $4)", logged.Event.Timestamp, e.DueAt),
        RiskNoted e => Put(logged, e.ClientId, "triage_since = coalesce(b.triage_since, $3)", logged.Event.Timestamp),
        RiskTriaged e => [Update(logged, e.ClientId, "triage_since = null, triage_due_at = null"), Gone(logged, e.ClientId)],
        _ => []
    })
    { Tables = ["crisis_board"] };

    public static Task<List<CrisisRow>> Read(Database database, string tenant, Page page, CancellationToken ct) => database.Read(tenant, """
        select client_id, waiting_since, opened_at, trigger, contact_possible, attempts, last_outcome, last_attempt_at, triage_since, triage_due_at, overdue from views.crisis_board
        where tenant_id = $1 and ($2::text is null or (waiting_since, client_id) > ($2::timestamptz, $3)) order by waiting_since, client_id limit $4
        """, row => new CrisisRow(row.GetString(0), row.Instant(1), row.IsDBNull(2) ? null : row.Instant(2), row.Text(3), row.IsDBNull(4) ? null : row.GetBoolean(4),
            row.GetInt32(5), row.Text(6), row.IsDBNull(7) ? null : row.Instant(7), row.IsDBNull(8) ? null : row.Instant(8), row.IsDBNull(9) ? null : row.Instant(9), row.GetBoolean(10)),
        ct, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(CrisisRow row) => [row.WaitingSince.ToString("O"), row.ClientId];

    private static NpgsqlBatchCommand[] Put(LoggedEvent logged, string clientId, string set, params object?[] values) =>
    [
        Sql.Statement("insert into views.crisis_board (tenant_id, client_id, waiting_since) values ($1, $2, $3) on conflict do nothing",
            logged.Event.TenantId, clientId, logged.Event.Timestamp),
        Update(logged, clientId, set, values)
    ];

    private static NpgsqlBatchCommand Update(LoggedEvent logged, string clientId, string set, params object?[] values) => Sql.Statement(
        $"update views.crisis_board b set {set} where tenant_id = $1 and client_id = $2", [logged.Event.TenantId, clientId, .. values]);

    private static NpgsqlBatchCommand Gone(LoggedEvent logged, string clientId) => Sql.Statement(Done, logged.Event.TenantId, clientId);
}

/// <summary>One client for whom somebody has to act.</summary>
/// <param name="OpenedAt">When the crisis pathway began; null when only a risk waits.</param>
/// <param name="ContactPossible">False when nobody can reach the client.</param>
/// <param name="TriageSince">Since when a risk waits for a clinician; null when none does.</param>
/// <param name="TriageDueAt">When feedback's alert must have been acted on, the earliest.</param>
/// <param name="Overdue">Nobody tried to reach the client within the hour.</param>
internal sealed record CrisisRow(
    string ClientId, DateTimeOffset WaitingSince, DateTimeOffset? OpenedAt, string? Trigger, bool? ContactPossible, int Attempts, string? LastOutcome,
    DateTimeOffset? LastAttemptAt, DateTimeOffset? TriageSince, DateTimeOffset? TriageDueAt, bool Overdue);
