using Clinic.EventLog;
using Clinic.Intake.Domain;
using Npgsql;

namespace Clinic.Intake.Service.Views;

/// <summary>Whether older or poorer connected people are left behind, in numbers without persons (S43).</summary>
internal static class Equity
{
    /// <summary>Groups smaller than this are not counted out: few people with several attributes are persons again.</summary>
    public const int SmallestGroup = 5;

    public static Projection View { get; } = new("equity", logged => logged.Event.Data switch
    {
        ClientRegistered e =>
        [
            Sql.Statement("insert into views.equity (tenant_id, client_id, age_band, region) values ($1, $2, $3, $4)", logged.Event.TenantId, e.ClientId, e.AgeBand, e.Region)
        ],
        TechReadinessAssessed e => [Update(logged, e.ClientId, "readiness = $3", e.Readiness)],
        AlternativeOffered e => [Update(logged, e.ClientId, "offered = true, answer = null")],
        OfferAnswered e => [Update(logged, e.ClientId, "answer = $3", e.Answer)],
        SuitabilityDecided e => [Update(logged, e.ClientId, "decision = $3", e.Decision)],
        _ => []
    })
    { Tables = ["equity"] };

    public static Task<List<EquityRow>> Read(Database database, string tenant, CancellationToken ct) => database.Read(tenant, """
        select age_band, count(*), count(*) filter (where readiness is not null), count(*) filter (where readiness = 'poor'), count(*) filter (where offered),
               count(*) filter (where answer is not null and answer <> 'declined'), count(*) filter (where decision in ('online', 'online-with-limits'))
        from views.equity where tenant_id = $1 group by age_band order by age_band
        """, row => row.GetInt64(1) < SmallestGroup
            ? new EquityRow(row.GetString(0), null, null, null, null, null, null)
            : new EquityRow(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)), ct);

    private static NpgsqlBatchCommand Update(LoggedEvent logged, string clientId, string set, params object?[] values) => Sql.Statement(
        $"update views.equity set {set} where tenant_id = $1 and client_id = $2", [logged.Event.TenantId, clientId, .. values]);
}

/// <summary>One age band. Every number is null when the band has fewer than five clients.</summary>
/// <param name="Assessed">Whose readiness for technology was assessed.</param>
/// <param name="Poor">For whom technology is a hindrance.</param>
/// <param name="Offered">Who was offered another way.</param>
/// <param name="Accepted">Who took it.</param>
/// <param name="Online">For whom online care was found suitable.</param>
internal sealed record EquityRow(string AgeBand, long? Clients, long? Assessed, long? Poor, long? Offered, long? Accepted, long? Online);
