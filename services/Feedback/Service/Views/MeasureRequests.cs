using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Views;

/// <summary>What a client was asked to answer.</summary>
internal static class MeasureRequests
{
    public static Projection View { get; } = new("scores", logged => logged.Event.Data switch
    {
        MeasureRequested e =>
        [
            Sql.Statement("""
                insert into views.measure_requests (tenant_id, client_id, request_id, instrument, version, due_at, requested_at) values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (tenant_id, client_id, request_id) do update
                set instrument = excluded.instrument, version = excluded.version, due_at = excluded.due_at, requested_at = excluded.requested_at, reminded = false, response_id = null
                """, logged.Event.TenantId, e.ClientId, e.RequestId, e.Instrument, e.MeasureVersion, e.DueAt, logged.Event.Timestamp)
        ],
        MeasureReminded e => [Changed(logged, "reminded = true", e.ClientId, e.RequestId)],
        MeasureRequestAnswered e => [Changed(logged, "response_id = $4", e.ClientId, e.RequestId, e.ResponseId)],
        _ => []
    })
    { Tables = ["measure_requests"] };

    public static Task<List<MeasureRequestRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, """
        select request_id, instrument, version, due_at, requested_at, reminded, response_id from views.measure_requests
        where tenant_id = $1 and client_id = $2 and ($3::text is null or (requested_at, request_id) > ($3::timestamptz, $4))
        order by requested_at, request_id limit $5
        """, row => new MeasureRequestRow(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Instant(4), row.GetBoolean(5), row.Text(6)),
        ct, clientId, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(MeasureRequestRow row) => [row.RequestedAt.ToString("O"), row.RequestId];

    private static Npgsql.NpgsqlBatchCommand Changed(LoggedEvent logged, string set, params object?[] values) => Sql.Statement(
        $"update views.measure_requests set {set} where tenant_id = $1 and client_id = $2 and request_id = $3", [logged.Event.TenantId, .. values]);
}

/// <summary>One request.</summary>
/// <param name="ResponseId">What answered it; null while nothing has.</param>
internal sealed record MeasureRequestRow(
    string RequestId, string Instrument, string Version, DateTimeOffset DueAt, DateTimeOffset RequestedAt, bool Reminded, string? ResponseId);
