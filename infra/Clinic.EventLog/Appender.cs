using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>
/// Sends appends that wait at the same time as one transaction, on at most two connections. A lone caller goes at once, and who
/// comes while the connections are busy goes with the next batch, which is closed <see cref="Gathering"/> after the last at the latest.
/// </summary>
internal sealed class Appender(Database database) : IDisposable
{
    private const int Connections = 2;
    private const int BatchSize = 128;
    private const int Crowd = 48;

    /// <summary>Milliseconds.</summary>
    private const long HeldUp = 10;

    /// <summary>Long enough for callers to have their next append ready, short beside the transaction they share then.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMicroseconds(200);

    private readonly ConcurrentQueue<Waiting> waiting = new();
    private readonly SemaphoreSlim idle = new(Connections);
    private long began;

    /// <summary>A cancelled caller stops waiting; its append may commit all the same, others share its transaction.</summary>
    public Task<AppendResult> Append(PreparedAppend append, CancellationToken ct)
    {
        if (waiting.IsEmpty && LoneAppend.Fits(append) && idle.Wait(0, CancellationToken.None)) return Lone(append).WaitAsync(ct);
        var entry = new Waiting(append);
        waiting.Enqueue(entry);
        if (MayTake() && idle.Wait(0, CancellationToken.None)) _ = Drain();
        return entry.Done.Task.WaitAsync(ct);
    }

    /// <summary>Nobody else waits: no queue, no other thread.</summary>
    private async Task<AppendResult> Lone(PreparedAppend append)
    {
        try
        {
            return await Write(async connection => await LoneAppend.Run(connection, append)
                ? new AppendResult(AppendOutcome.Committed)
                : (await AppendCommand.Run(connection, [append], CancellationToken.None))[0]);
        }
        finally
        {
            idle.Release();
            if (!waiting.IsEmpty && idle.Wait(0, CancellationToken.None)) _ = Drain();
        }
    }

    /// <summary>
    /// Who arrives takes a second connection only in a crowd, or when the first is held up: few callers in one batch cost less than
    /// the same in two. Who gives a connection back takes it again for whoever waits.
    /// </summary>
    private bool MayTake() => idle.CurrentCount == Connections || waiting.Count >= Crowd || Environment.TickCount64 - began > HeldUp;

    private async Task Drain()
    {
        var deferred = new List<Waiting>();
        do
        {
            try
            {
                while (NextBatch(deferred) is { Count: > 0 } batch)
                {
                    await Send(batch);
                    if (batch.Count > 1) await Gather(batch.Count);
                }
            }
            finally
            {
                idle.Release();
            }
            // somebody may have come between the last look and the release
        }
        while (!waiting.IsEmpty && idle.Wait(0, CancellationToken.None));
    }

    /// <summary>
    /// Who was in a batch may have its next append ready in a moment: together they cost less than one by one. Callers who go on
    /// elsewhere are not waited for longer than that, and nobody waits while the other connection is at work.
    /// </summary>
    private async Task Gather(int before)
    {
        var since = Stopwatch.GetTimestamp();
        do await LastInLine();
        while (waiting.Count < before && idle.CurrentCount > 0 && Stopwatch.GetElapsedTime(since) < Gathering);
    }

    /// <summary>After everything the thread pool has to do already. No time passes when it has nothing.</summary>
    private static Task LastInLine()
    {
        var turn = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
        return turn.Task;
    }

    /// <summary>
    /// Two appends to one stream, or with one message id, do not go together: the second must see what became of the first. An
    /// append over several streams goes alone, so that locks are always taken in one order.
    /// </summary>
    private List<Waiting> NextBatch(List<Waiting> deferred)
    {
        var batch = new List<Waiting>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var held = deferred.ToArray();
        deferred.Clear();
        foreach (var entry in held.Concat(Arriving()))
        {
            var alone = entry.Append.Taken.Count > 1;
            if (batch.Count > 0 && (alone || !entry.Keys.All(key => !keys.Contains(key)))) deferred.Add(entry);
            else
            {
                batch.Add(entry);
                keys.UnionWith(entry.Keys);
                if (alone) break;
            }
            if (batch.Count == BatchSize || deferred.Count == BatchSize) break;
        }
        // what was held back and not reached stays first in line
        deferred.AddRange(held.Except(batch).Except(deferred));
        batch.Sort(static (a, b) => string.CompareOrdinal(a.Order, b.Order));
        return batch;
    }

    private IEnumerable<Waiting> Arriving()
    {
        while (waiting.TryDequeue(out var entry)) yield return entry;
    }

    private async Task Send(List<Waiting> batch)
    {
        // the one who happened to start the drain is not the one this work is for
        Activity.Current = batch[0].Caller;
        try
        {
            var results = await Write(connection => AppendCommand.Run(connection, batch.ConvertAll(entry => entry.Append), CancellationToken.None));
            for (var i = 0; i < results.Length; i++) batch[i].Done.TrySetResult(results[i]);
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            // one of them is at fault, or two batches deadlocked: nothing was stored, and each alone shows which
            foreach (var entry in batch) await Send([entry]);
        }
        catch (Exception e)
        {
            foreach (var entry in batch) entry.Done.TrySetException(e);
        }
    }

    /// <summary>
    /// When a statement fails before its columns are described, just while Npgsql prepares it by itself, Npgsql takes it for
    /// prepared without columns and fails the next good append on that connection ("unexpected backend message DataRow"). So no
    /// connection is used again after an error: errors are rare here, and new connections are cheap.
    /// </summary>
    private async Task<T> Write<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        began = Environment.TickCount64;
        await using var connection = await database.Writer.OpenConnectionAsync();
        try
        {
            return await work(connection);
        }
        catch (PostgresException)
        {
            database.Writer.Clear();
            throw;
        }
    }

    public void Dispose() => idle.Dispose();

    private sealed class Waiting
    {
        public Waiting(PreparedAppend append)
        {
            Append = append;
            Order = append.Taken.Count > 0 ? $"{append.Request.Tenant}\n{append.Taken[0].Stream}" : "";
            Keys = [.. append.Taken.Select(s => $"{append.Request.Tenant}\n{s.Stream}")];
            if (append.Request.Inbox is { } inbox) Keys.Add($"\n{inbox.Endpoint}\n{inbox.Sender}\n{inbox.MessageId}");
        }

        public PreparedAppend Append { get; }

        public Activity? Caller { get; } = Activity.Current;

        public string Order { get; }

        public List<string> Keys { get; }

        public TaskCompletionSource<AppendResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
