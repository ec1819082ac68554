using System.Diagnostics;
using Clinic.EventLog;
using Npgsql;

namespace Clinic.Bench;

/// <summary>From an append's return to its row in a view, alone and beside 500 appends a second. Lower is better.</summary>
internal static class Lag
{
    private const string Insert = "insert into floor.view (id, client, minutes) select e.id, e.data ->> 'clientId', (e.data ->> 'minutes')::bigint from floor.mt_events e where e.stream_id = $1";

    public static async Task Run(Setup setup, Report report)
    {
        await setup.Start(new ProjectionHost(setup.Database, Sample.Types, [View], setup.Signals, setup.Alarms,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ProjectionHost>.Instance));
        foreach (var rate in new[] { 0, 500 })
        {
            var (ours, floor) = (new List<double>(), new List<double>());
            for (var round = 0; round < report.Options.Rounds; round++)
            {
                floor.AddRange(await Measure(setup, rate, report.Options.Round, n => FloorOnce(setup), n => setup.Floor.Coalesced(new FloorAppend("f-" + Guid.NewGuid(), 0, Sample.Event(n)))));
                ours.AddRange(await Measure(setup, rate, report.Options.Round, n => OursOnce(setup, n), n => Appending.Append(setup.Store, "o-" + Guid.NewGuid(), 0, Sample.Event(n))));
                Report.Progress($"commit to view at {rate}/s: round {round + 1}/{report.Options.Rounds}, floor {Report.Median(floor):0.##} ms, ours {Report.Median(ours):0.##} ms");
            }
            var beside = rate == 0 ? "alone" : $"at {rate} appends/s";
            report.Add($"commit to view, {beside}, p50", "ms", Report.Median(ours), Report.Median(floor));
            report.Add($"commit to view, {beside}, p99", "ms", Report.Percentile(ours, 0.99), Report.Percentile(floor, 0.99));
        }
    }

    private static Projection View => new("bench", logged => logged.Event.Data is Noted e
        ? [Sql.Statement("insert into views.bench (tenant_id, id, client, minutes) values ($1, $2, $3, $4)", logged.Event.TenantId, logged.Event.Id, e.ClientId, (long)e.Minutes)]
        : []);

    internal static async Task<List<double>> Measure(Setup setup, int rate, TimeSpan time, Func<long, Task<double>> one, Func<long, Task> background)
    {
        using var stop = new CancellationTokenSource();
        var load = Work.AtRate(rate, background, stop.Token);
        var (clock, lags) = (Stopwatch.StartNew(), new List<double>());
        for (var n = 0; clock.Elapsed < time; n++)
        {
            lags.Add(await one(n));
            await Task.Delay(5);
        }
        await stop.CancelAsync();
        await load;
        await setup.Drained();
        return lags;
    }

    private static async Task<double> OursOnce(Setup setup, long n)
    {
        var request = Sample.Request("lag-" + Guid.NewGuid(), 0, Sample.Event(n));
        await setup.Store.Append(request);
        return await Seen(setup.Database.Worker, request.Writes[0].Events[0].Id);
    }

    /// <summary>The least there can be: the writer itself tells the view, which reads the event and stores its row.</summary>
    private static async Task<double> FloorOnce(Setup setup)
    {
        var stream = "lag-" + Guid.NewGuid();
        await setup.Floor.Coalesced(new FloorAppend(stream, 0, Sample.Event(1)));
        var clock = Stopwatch.StartNew();
        await using var connection = await setup.Floor.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Insert, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = stream } } };
        await command.ExecuteNonQueryAsync();
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>
    /// The server waits, looking every fifth of a millisecond: a client that asks without a pause keeps both cores busy, and one that
    /// pauses wakes up with the clock's tick.
    /// </summary>
    private static async Task<double> Seen(NpgsqlDataSource source, Guid id)
    {
        var clock = Stopwatch.StartNew();
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select bench_seen($1)", connection) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } } };
        await command.ExecuteNonQueryAsync();
        return clock.Elapsed.TotalMilliseconds;
    }
}
