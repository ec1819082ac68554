using System.Collections.Concurrent;
using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests.Infra;

/// <summary>
/// The race every event store loses that reads by sequence number: numbers are drawn before they are committed, so a slow
/// transaction appears behind the reader. Twelve writers, slow commits, rollbacks; a reader that follows positions.
/// </summary>
public sealed class LostEvents(Stack stack)
{
    [Fact]
    public async Task a_reader_that_follows_positions_skips_nothing_however_late_a_commit_comes()
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        await Race(probe, (_, transaction) => new TransactionalEventStore(transaction.Connection!, Probe.Types, Probe.Seal));
    }

    /// <summary>The race, with the engine that each writer uses in its own transaction.</summary>
    internal static async Task Race(Probe probe, Func<int, NpgsqlTransaction, IEventStore> engine)
    {
        using var writing = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        var committed = new ConcurrentBag<Guid>();
        var (rolledBack, conflicts) = (0L, 0L);
        using var stopReading = new CancellationTokenSource();
        var reader = Follow(probe, stopReading.Token);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            while (!writing.IsCancellationRequested)
            {
                await using var connection = await probe.Database.Writer.OpenConnectionAsync();
                var writes = new List<StreamWrite>();
                foreach (var stream in Enumerable.Range(0, 24).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(n => $"s{n}"))
                {
                    var version = (await probe.Store.Load<Counter>(Probe.North, stream)).Version;
                    writes.Add(Probe.Write(stream, version, [.. Enumerable.Range(0, random.Next(1, 4)).Select(n => new Counted(n))]));
                }
                await using var transaction = await connection.BeginTransactionAsync();
                var store = engine(seed, transaction);
                var result = await store.Append(Probe.Request([.. writes]));
                if (result.Outcome == AppendOutcome.Conflict) Interlocked.Increment(ref conflicts);
                var ids = writes.SelectMany(w => w.Events).Select(e => e.Id).ToArray();
                if (random.Next(20) == 0) await Task.Delay(random.Next(20, 150));
                if (result.Outcome == AppendOutcome.Committed && random.Next(8) == 0)
                {
                    await transaction.RollbackAsync();
                    Interlocked.Add(ref rolledBack, ids.Length);
                    continue;
                }
                await transaction.CommitAsync();
                if (result.Outcome != AppendOutcome.Committed) continue;
                foreach (var id in ids) committed.Add(id);
                probe.Signals.Appended.Set();
            }
        })));

        await probe.LogHas(committed.Count);
        await stopReading.CancelAsync();
        var read = await reader;
        read.Select(e => e.Event.Id).ShouldBe(committed, ignoreOrder: true);
        read.Select(e => e.Position).ShouldBe(Enumerable.Range(0, committed.Count).Select(n => (long)n));
        foreach (var stream in read.GroupBy(e => e.Event.StreamKey))
            stream.Select(e => e.Event.Version).ShouldBe(Enumerable.Range(1, stream.Count()).Select(n => (long)n));
        read.Zip(read.Skip(1)).ShouldAllBe(pair => pair.First.LoggedAt <= pair.Second.LoggedAt);

        // the race did happen: a reader that followed seq_id would have lost these
        read.Zip(read.Skip(1)).Count(pair => pair.First.Event.Sequence > pair.Second.Event.Sequence).ShouldBeGreaterThan(0);
        conflicts.ShouldBeGreaterThan(0);
        // every gap is a rolled-back transaction's; conflicts burned nothing
        var drawn = await probe.Test.Value<long>("select last_value from mt_events_sequence");
        (drawn - committed.Count).ShouldBe(rolledBack);
        (await probe.Test.Value<long>("select count(*) from clinic.log_queue")).ShouldBe(0);
    }

    private static async Task<List<LoggedEvent>> Follow(Probe probe, CancellationToken stop)
    {
        var read = new List<LoggedEvent>();
        await using var connection = await probe.Database.Worker.OpenConnectionAsync(CancellationToken.None);
        while (true)
        {
            var last = stop.IsCancellationRequested;
            var page = await LogReader.After(connection, Probe.Types, read.Count == 0 ? -1 : read[^1].Position, 200, CancellationToken.None);
            read.AddRange(page);
            if (page.Count > 0) continue;
            if (last) return read;
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
