using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Hosting;
using MeasureScored = Clinic.Feedback.Domain.MeasureScored;
using ChangeAssessed = Clinic.Feedback.Domain.ChangeAssessed;

namespace Clinic.Feedback.Service.Views;

/// <summary>A client's scores over time, each with its change since the beginning; what was corrected stays and says so.</summary>
internal static class Scores
{
    private const string Columns = """
        response_id, instrument, scorer_version, validity, total, band, scored_at, unit, subscales, episode_id, baseline_id, delta, change, superseded_by
        """;

    public static Projection View { get; } = new("scores", logged => logged.Event.Data switch
    {
        MeasureScored e =>
        [
            Sql.Statement("""
                insert into views.scores (tenant_id, client_id, response_id, instrument, scorer_version, validity, total, band, scored_at, unit, subscales)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb)
                """, logged.Event.TenantId, e.ClientId, e.ResponseId, e.Instrument, e.ScorerVersion, e.Validity, e.Total, e.Band, logged.Event.Timestamp,
                e.Unit, Scoring.Told(e) is { } subscales ? JsonSerializer.Serialize(subscales, ContractJson.Options) : null)
        ],
        ChangeAssessed e =>
        [
            Sql.Statement("update views.scores set episode_id = $3, baseline_id = $4, delta = $5, change = $6 where tenant_id = $1 and response_id = $2",
                logged.Event.TenantId, e.ResponseId, e.EpisodeId, e.BaselineId, e.Delta, e.Class)
        ],
        ScoreCounted e =>
        [
            Sql.Statement("update views.scores set episode_id = $3 where tenant_id = $1 and response_id = $2", logged.Event.TenantId, e.ResponseId, e.EpisodeId)
        ],
        MeasureSuperseded e =>
        [
            Sql.Statement("update views.scores set superseded_by = $3 where tenant_id = $1 and response_id = $2", logged.Event.TenantId, e.ResponseId, e.By)
        ],
        _ => []
    })
    { Tables = ["scores"] };

    /// <param name="instruments">Null for all.</param>
    public static Task<List<ScoreRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct, params string[] instruments) => database.Read(tenant, $"""
        select {Columns} from views.scores
        where tenant_id = $1 and client_id = $2 and ($3::text is null or (scored_at, response_id) > ($3::timestamptz, $4)) and ($6::text[] = '{"{}"}' or instrument = any($6))
        order by scored_at, response_id limit $5
        """, Row, ct, clientId, page.Key(0), page.Key(1), page.Limit, instruments);

    /// <summary>Everything that counts, for a disclosure.</summary>
    public static Task<List<ScoreRow>> ReadAll(Database database, string tenant, string clientId, CancellationToken ct) => database.Read(tenant, $"""
        select {Columns} from views.scores where tenant_id = $1 and client_id = $2 and superseded_by is null order by scored_at, response_id
        """, Row, ct, clientId);

    public static string[] Key(ScoreRow row) => [row.ScoredAt.ToString("O"), row.ResponseId];

    private static ScoreRow Row(Npgsql.NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3),
        row.Number(4), row.Text(5), row.Instant(6), row.Text(7),
        row.Text(8) is { } subscales ? JsonSerializer.Deserialize<SubscaleTotal[]>(subscales, ContractJson.Options) : null,
        row.Text(9), row.Text(10), row.Number(11), row.Text(12), row.Text(13));

    internal static int? Number(this Npgsql.NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetInt32(ordinal);
}

/// <summary>One score.</summary>
/// <param name="Unit"><c>tenths</c> where 359 means 35.9; null for whole points.</param>
/// <param name="BaselineId">The first valid response of the episode with this instrument, which <paramref name="Delta"/> and <paramref name="Change"/> compare with.</param>
/// <param name="SupersededBy">The response that counts instead.</param>
internal sealed record ScoreRow(
    string ResponseId, string Instrument, string ScorerVersion, string Validity, int? Total, string? Band, DateTimeOffset ScoredAt, string? Unit,
    SubscaleTotal[]? Subscales, string? EpisodeId, string? BaselineId, int? Delta, string? Change, string? SupersededBy);
