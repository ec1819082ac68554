using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Clinic.Cli.ExportLog;
using Clinic.Cli.Verify;
using Clinic.EventLog;
using Clinic.EventLog.Proofs;
using Clinic.Proof;
using Clinic.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

#pragma warning disable CA1416 // as the servers it measures, it runs where make runs

namespace Clinic.Bench;

/// <summary>What the provable log promises: how soon an event is signed, how fast a log is verified, how long a proof takes.</summary>
internal static class Proving
{
    private const int PerAppend = 50;

    public static async Task Run(Setup setup, Report report)
    {
        var quick = report.Options.Rounds < 5;
        var folder = Directory.CreateTempSubdirectory("clinic-bench");
        try
        {
            using var signer = new NoteSigner(TreeKeeper.Origin(Stack.Installation, "probe"), SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
            var outside = new CheckpointFile(Path.Combine(folder.FullName, "probe.jsonl"));
            await setup.Start(new TreeKeeper(setup.Database, signer, outside, setup.Signals, setup.Alarms, TimeProvider.System, NullLogger<TreeKeeper>.Instance));
            await Covered(setup, report, 1500, TimeSpan.FromSeconds(quick ? 10 : 60));
            await Verified(setup, report, signer, outside, folder, quick ? 50_000 : 500_000);
            await Proven(setup, report, quick ? 200_000 : 1_000_000);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>From an append's return until a checkpoint that covers its events is a row, looked for every 10 ms.</summary>
    private static async Task Covered(Setup setup, Report report, int rate, TimeSpan time)
    {
        var committed = new ConcurrentQueue<(Guid Event, long At)>();
        var signed = new List<(long At, long Size)>();
        using var stop = new CancellationTokenSource();
        using var looked = new CancellationTokenSource();
        var looking = Task.Run(async () =>
        {
            await using var connection = await setup.Database.Worker.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("select coalesce(max(size), 0) from clinic.signed_checkpoint", connection);
            for (var last = 0L; ; await Task.Delay(10))
            {
                // once more after the end was told: it has seen the last one, too
                var ended = looked.IsCancellationRequested;
                if ((long)(await command.ExecuteScalarAsync())! is var size && size > last) signed.Add((Stopwatch.GetTimestamp(), last = size));
                if (ended) return;
            }
        });
        var clock = Stopwatch.StartNew();
        var load = Work.AtRate(rate, async n =>
        {
            var request = Sample.Request("p-" + Guid.NewGuid().ToString("N"), 0, Sample.Event(n));
            await setup.Store.Append(request);
            committed.Enqueue((request.Writes[0].Events[0].Id, Stopwatch.GetTimestamp()));
        }, stop.Token);
        await Task.Delay(time);
        await stop.CancelAsync();
        await load;
        var reached = committed.Count / clock.Elapsed.TotalSeconds;
        await Signed(setup);
        await looked.CancelAsync();
        await looking;
        var positions = new Dictionary<Guid, long>();
        await using (var command = setup.Database.Worker.CreateCommand("select event_id, position from clinic.log"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) positions[reader.GetGuid(0)] = reader.GetInt64(1);
        var lags = committed.Select(c => Stopwatch.GetElapsedTime(c.At, signed.First(s => s.Size > positions[c.Event]).At).TotalMilliseconds).ToList();
        var name = $"commit to signed checkpoint at {rate} appends/s for {time.TotalSeconds:0} s";
        report.Add(name + ", reached", "events/s", reached, rate);
        report.Add(name + ", p50", "ms", Report.Median(lags), 0);
        report.Add(name + ", p99", "ms", Report.Percentile(lags, 0.99), 0);
        report.Add(name + ", max", "ms", lags.Max(), 0);
    }

    /// <summary>An export of real seals; the floor reads the same file and hashes every line.</summary>
    private static async Task Verified(Setup setup, Report report, NoteSigner signer, CheckpointFile outside, DirectoryInfo folder, int events)
    {
        Report.Progress($"writing {events} events");
        foreach (var chunk in Enumerable.Range(0, events / PerAppend).Chunk(32))
            await Task.WhenAll(chunk.Select(n => Appending.Append(setup.Store, "v-" + n, 0, [.. Enumerable.Range(0, PerAppend).Select(i => (object)Sample.Event(i))])));
        await setup.Drained();
        await Signed(setup);
        var export = new DirectoryInfo(Path.Combine(folder.FullName, "export"));
        await using (var connection = await setup.Database.Worker.OpenConnectionAsync()) await LogExport.Write(connection, export, CancellationToken.None);
        long total = 0;
        var medians = await report.Interleaved("verify", ("hash of every line", () => Task.FromResult(Rate(() => File.ReadLines(Path.Combine(export.FullName, "events.jsonl")).AsParallel()
            .LongCount(line => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(line)).Length > 0)))), ("ours", () => Task.FromResult(Rate(() =>
        {
            using var process = Process.GetCurrentProcess();
            var used = process.TotalProcessorTime;
            var verdict = Verifier.Run(export, [outside.Path!], signer.Public);
            process.Refresh();
            Report.Progress($"{(process.TotalProcessorTime - used).TotalMicroseconds / verdict.Events:0.#} µs of one core for each event");
            return verdict.Flaws.Count == 0 ? total = verdict.Events : throw new InvalidOperationException(verdict.ToString());
        }))));
        report.Add($"verify, export of {total} events", "events/s", medians[1], medians[0]);
        export.Delete(recursive: true);
    }

    /// <summary>One after the other, of events anywhere in the log; the floor finds the event by its id.</summary>
    private static async Task Proven(Setup setup, Report report, long events)
    {
        await Growth.Fill(setup, 0, events);
        await Signed(setup);
        await setup.Test.AsSuperuser("analyze");
        var ids = await setup.Test.Column<Guid>("select event_id from clinic.log order by random() limit 3000");
        var size = await setup.Test.Value<long>("select size from clinic.tree");
        var proofs = new ProofReader(setup.Database);
        var (ours, floor) = (new List<double>(), new List<double>());
        var collected = GC.CollectionCount(2);
        foreach (var (id, n) in ids.Select((id, n) => (id, n)))
        {
            var began = Stopwatch.GetTimestamp();
            await setup.Database.Read(Sample.Tenant, "select position from clinic.log where event_id = $2 and $1::text <> ''", row => row.GetInt64(0), default, id);
            var found = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            began = Stopwatch.GetTimestamp();
            if (await proofs.Inclusion(Sample.Tenant, id, TimeSpan.Zero, CancellationToken.None) is null) throw new InvalidOperationException($"no proof of {id}");
            // the first are the just-in-time compiler's
            if (n < 1000) continue;
            floor.Add(found);
            ours.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        Report.Progress($"{GC.CollectionCount(2) - collected} full collections");
        report.Add($"proof at {size} events, p50", "ms", Report.Median(ours), Report.Median(floor));
        report.Add($"proof at {size} events, p99", "ms", Report.Percentile(ours, 0.99), Report.Percentile(floor, 0.99));
    }

    private static Task Signed(Setup setup) => Eventually.True(
        () => setup.Test.Value<bool>("select not exists (select from clinic.log_queue) and coalesce(max(size), 0) = (select size from clinic.log_head) from clinic.signed_checkpoint"), "everything to be signed", 600);

    private static double Rate(Func<long> read)
    {
        var clock = Stopwatch.StartNew();
        return read() / clock.Elapsed.TotalSeconds;
    }
}
