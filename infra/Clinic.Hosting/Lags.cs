using System.Diagnostics.Metrics;
using Clinic.EventLog;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.Hosting;

/// <summary>How far everything that follows the log is behind, asked of the database every few seconds. Only with telemetry.</summary>
internal sealed class Lags(Database database, ILogger<Lags> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Events not yet looked at by the relay count as not confirmed, or a relay without a broker would have no lag.</summary>
    private const string Query = """
        select 'queue', null, count(*)::float8 from clinic.log_queue
        union all
        select 'relay', null, (h.size - 1
            - coalesce((select position from clinic.checkpoint where name = 'relay:numbered'), -1)
            + coalesce((select max(sequence) from clinic.publication), 0)
            - greatest(coalesce((select position from clinic.checkpoint where name = 'relay:confirmed'), 0), 0))::float8 from clinic.log_head h
        union all
        select 'view', c.name, (h.size - 1 - c.position)::float8 from clinic.checkpoint c, clinic.log_head h where c.name not like 'relay:%'
        union all
        select 'parked', c.producer, (select count(*) from clinic.parked p where p.producer = c.producer)::float8 from clinic.consumer c
        union all
        select 'missing', c.producer, greatest(c.heard - c.last, 0)::float8 from clinic.consumer c
        union all
        select 'facts', c.producer, extract(epoch from clock_timestamp() - c.as_of)::float8 from clinic.consumer c where c.as_of > '-infinity'
        """;

    // a meter of its own instance: it goes when this service goes
    private readonly Meter meter = new(Diagnostics.Name);
    private volatile Sample[] latest = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Gauge("clinic.queue.lag", "{event}", "Committed events without a position", "queue", null);
        Gauge("clinic.relay.lag", "{event}", "Events not known to be confirmed by the broker", "relay", null);
        Gauge("clinic.projection.lag", "{event}", "Events a view has not seen", "view", "view");
        Gauge("clinic.parked", "{event}", "Events of a producer kept until they can be applied", "parked", "producer");
        Gauge("clinic.gap", "{event}", "Events of a producer heard of and not applied", "missing", "producer");
        Gauge("clinic.facts.age", "s", "Age of the instant up to which a producer's facts are complete", "facts", "producer");
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                latest = await Read(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                // old figures would look like good ones
                latest = [];
                logger.LogWarning("Lags are not known: {Error}", e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Gauge(string name, string unit, string description, string kind, string? label) => meter.CreateObservableGauge(name, () =>
        latest.Where(sample => sample.Kind == kind).Select(sample => label is null
            ? new Measurement<double>(sample.Value)
            : new Measurement<double>(sample.Value, new KeyValuePair<string, object?>(label, sample.Name))), unit, description);

    private async Task<Sample[]> Read(CancellationToken ct)
    {
        await using var command = database.Worker.CreateCommand(Query);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var samples = new List<Sample>();
        while (await reader.ReadAsync(ct)) samples.Add(new Sample(reader.GetString(0), reader.Text(1), reader.GetDouble(2)));
        return [.. samples];
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    private sealed record Sample(string Kind, string? Name, double Value);
}
