using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Views;

/// <summary>A client's scores over time.</summary>
internal static class Scores
{
    public static Projection View { get; } = new("scores", logged => logged.Event.Data is MeasureScored e
        ?
        [
            Sql.Statement("""
                insert into views.scores (tenant_id, client_id, response_id, instrument, scorer_version, validity, total, band, scored_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """, logged.Event.TenantId, e.ClientId, e.ResponseId, e.Instrument, e.ScorerVersion, e.Validity, e.Total, e.Band, logged.Event.Timestamp)
        ]
        : [])
    { Tables = ["scores"] };

    public static Task<List<ScoreRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, """
        select response_id, instrument, scorer_version, validity, total, band, scored_at from views.scores
        where tenant_id = $1 and client_id = $2 and ($3::text is null or (scored_at, response_id) > ($3::timestamptz, $4))
        order by scored_at, response_id limit $5
        """, row => new ScoreRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3),
            row.IsDBNull(4) ? null : row.GetInt32(4), row.Text(5), row.Instant(6)), ct, clientId, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(ScoreRow row) => [row.ScoredAt.ToString("O"), row.ResponseId];
}

/// <summary>One score.</summary>
internal sealed record ScoreRow(
    string ResponseId, string Instrument, string ScorerVersion, string Validity, int? Total, string? Band, DateTimeOffset ScoredAt);
