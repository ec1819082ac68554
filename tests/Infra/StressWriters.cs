using System.Collections.Concurrent;
using System.Text.Json;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>One process's share of the stress: what to run on, for how long, and where to write down what was promised.</summary>
public sealed record StressPlan(DatabaseSettings Database, int Process, double Seconds, string Outcomes);

/// <summary>One append and what its caller was told.</summary>
/// <param name="Told">Committed, Conflict, Duplicate, Cancelled (nobody knows) or RolledBack.</param>
public sealed record StressOutcome(string Told, string? Message, Guid[] Events);

/// <summary>Sixteen writers that fight over thirty streams in every way at once.</summary>
internal static class StressWriters
{
    private const int Writers = 16, Streams = 30;

    public static async Task Run(StressPlan plan)
    {
        await using var database = new Database(plan.Database);
        using var store = new EventStore(database, Probe.Types, Probe.Seal, new Signals());
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(plan.Seconds));
        var outcomes = new ConcurrentBag<StressOutcome>();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(plan.Process * 1000 + writer);
            while (!time.IsCancellationRequested) outcomes.Add(await One(database, store, random));
        })));
        await File.WriteAllTextAsync(plan.Outcomes, JsonSerializer.Serialize(outcomes));
    }

    private static async Task<StressOutcome> One(Database database, EventStore store, Random random)
    {
        var streams = Enumerable.Range(0, Streams).OrderBy(_ => random.Next()).Take(random.Next(4) == 0 ? 2 : 1).Select(n => $"hot-{n}").ToArray();
        var writes = new List<StreamWrite>();
        foreach (var stream in streams)
            writes.Add(Probe.Write(stream, (await store.Load<Counter>(Probe.North, stream, default, default)).Version,
                [.. Enumerable.Range(0, random.Next(1, 4)).Select(n => new Counted(n))]));
        StreamGuard[] guards = [];
        if (writes.Count == 2 && writes[1].ExpectedVersion > 0 && random.Next(2) == 0)
        {
            // read by the decision, not written
            guards = [new StreamGuard(writes[1].Stream, writes[1].ExpectedVersion)];
            writes.RemoveAt(1);
        }
        // within 20 ms everybody, in both processes, uses the same message id
        var message = random.Next(4) == 0 ? $"m-{Environment.TickCount64 / 20}" : null;
        var inbox = message is null ? null : new InboxEntry("stress", "north.ehr", message, [1], new CommandAccepted(message, streams[0], 1));
        var request = Probe.Request([.. writes], guards, inbox);
        var events = writes.SelectMany(w => w.Events).Select(e => e.Id).ToArray();
        var told = random.Next(20) switch
        {
            0 => await Cancelled(store, request, random),
            1 or 2 => await Alone(database, request, random),
            _ => (await store.Append(request, CancellationToken.None)).Outcome.ToString()
        };
        return new StressOutcome(told, message, events);
    }

    private static async Task<string> Cancelled(EventStore store, AppendRequest request, Random random)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(0, 15)));
        try
        {
            return (await store.Append(request, patience.Token)).Outcome.ToString();
        }
        catch (OperationCanceledException)
        {
            return "Cancelled";
        }
    }

    /// <summary>As a reaction does: in a transaction of its own, held open for a while, and rolled back every second time.</summary>
    private static async Task<string> Alone(Database database, AppendRequest request, Random random)
    {
        await using var connection = await database.Writer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var outcome = (await new TransactionalEventStore(connection, Probe.Types, Probe.Seal).Append(request, CancellationToken.None)).Outcome;
        await Task.Delay(random.Next(0, 10));
        if (random.Next(2) == 0)
        {
            await transaction.RollbackAsync();
            return outcome == AppendOutcome.Committed ? "RolledBack" : outcome.ToString();
        }
        await transaction.CommitAsync();
        return outcome.ToString();
    }
}
