using Clinic.EventLog;
using Clinic.Feedback.Domain;

namespace Clinic.Feedback.Service.Views;

/// <summary>Episodes that ended and what they came to, counted by problem and modality (S40).</summary>
internal static class RecoveryReport
{
    public static Projection View { get; } = new("scores", logged => logged.Event.Data is RecoveryAssessed e
        ?
        [
            Sql.Statement("""
                insert into views.recovery (tenant_id, client_id, episode_id, problem, modality, outcome, instruments, ended_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (tenant_id, client_id, episode_id) do update
                set problem = excluded.problem, modality = excluded.modality, outcome = excluded.outcome, instruments = excluded.instruments, ended_at = excluded.ended_at
                """, logged.Event.TenantId, e.ClientId, e.EpisodeId, e.Problem, e.Modality, e.Outcome, e.Instruments, logged.Event.Timestamp)
        ]
        : [])
    { Tables = ["recovery"] };

    public static Task<List<RecoveryRow>> Read(Database database, string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => database.Read(tenant, """
        select problem, modality, outcome, count(*)::int from views.recovery
        where tenant_id = $1 and ended_at >= $2 and ended_at < $3 group by problem, modality, outcome order by problem, modality, outcome
        """, row => new RecoveryRow(row.Text(0), row.Text(1), row.GetString(2), row.GetInt32(3)), ct, from, to);
}

/// <summary>How many episodes of a kind came to the same.</summary>
internal sealed record RecoveryRow(string? Problem, string? Modality, string Outcome, int Episodes);
