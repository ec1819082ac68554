using System.Diagnostics;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>
/// Sends appends that wait at the same time as one transaction, on at most two connections. A lone caller goes at once; callers who
/// come again and again go together, and a batch is closed as soon as those have come back who are expected.
/// </summary>
internal sealed class Appender(Database database)
{
    private const int Connections = 2;
    private const int BatchSize = 128;

    /// <summary>From so many callers on, one half is sent while the other is got ready; for fewer a second transaction costs more than it saves.</summary>
    private const int Crowd = 16;

    /// <summary>Milliseconds.</summary>
    private const int HeldUp = 10;

    private readonly Lock gate = new();

    /// <summary>Streams and message ids of the batches being written.</summary>
    private readonly HashSet<string> underway = new(StringComparer.Ordinal);

    private List<WaitingAppend> waiting = [];

    /// <summary>Connections at work, and the appends they write.</summary>
    private int busy, inFlight;

    /// <summary>When the last batch was sent, by <see cref="Environment.TickCount64"/>.</summary>
    private long began;

    /// <summary>Whether somebody will look for others, and after a batch, by themselves. Like everything here under the gate.</summary>
    private bool looking, watching;

    /// <summary>How many have lately been here at once, waiting or being written.</summary>
    private int expected = 1;

    /// <summary>A cancelled caller stops waiting; its append may commit all the same, others share its transaction.</summary>
    public Task<AppendResult> Append(PreparedAppend append, CancellationToken ct)
    {
        if (LoneAppend.Fits(append) && MayGoAlone()) return Lone(append).WaitAsync(ct);
        var entry = new WaitingAppend(append);
        lock (gate) waiting.Add(entry);
        Go(lookedFor: false);
        return entry.Done.Task.WaitAsync(ct);
    }

    private bool MayGoAlone()
    {
        lock (gate)
        {
            if (expected > 1 || busy > 0 || waiting.Count > 0) return false;
            Take(1);
            return true;
        }
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
            GiveBack(1, []);
        }
    }

    /// <summary>Sends who is here, when a connection is free and as many are here as are expected to go together.</summary>
    private void Go(bool lookedFor)
    {
        List<WaitingAppend> batch;
        lock (gate)
        {
            if (waiting.Count == 0 || busy == Connections) return;
            expected = Math.Max(expected, waiting.Count + inFlight);
            // the others of whom there were so many have gone elsewhere
            if (lookedFor && busy == 0) expected = Math.Max(waiting.Count, expected - Math.Max(1, expected / 4));
            else if (waiting.Count < Math.Min(BatchSize, expected / (expected < Crowd ? 1 : 2)) && !(busy > 0 && Environment.TickCount64 - began > HeldUp))
            {
                if (busy == 0 && !looking) _ = LookForOthers();
                if (busy > 0 && !watching) _ = LookAfterTheOther();
                return;
            }
            batch = NextBatch();
            if (batch.Count == 0) return;
            Take(batch.Count);
        }
        _ = Run(batch);
    }

    private void Take(int appends)
    {
        busy++;
        inFlight += appends;
        began = Environment.TickCount64;
    }

    private void GiveBack(int appends, List<WaitingAppend> batch)
    {
        lock (gate)
        {
            busy--;
            inFlight -= appends;
            foreach (var entry in batch) underway.ExceptWith(entry.Keys);
        }
        Go(lookedFor: false);
    }

    private async Task Run(List<WaitingAppend> batch)
    {
        await Send(batch);
        GiveBack(batch.Count, batch);
    }

    /// <summary>
    /// Callers just answered may have their next append ready in a moment: together they cost less than one by one. Whoever is not back
    /// when the thread pool has done what it had to do is not waited for; no time passes when it has nothing to do.
    /// </summary>
    private async Task LookForOthers()
    {
        looking = true;
        var turn = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
        await turn.Task;
        lock (gate) looking = false;
        Go(lookedFor: true);
    }

    /// <summary>Who waits for a batch to end does not wait while that one waits for a lock.</summary>
    private async Task LookAfterTheOther()
    {
        watching = true;
        await Task.Delay(HeldUp + 1);
        lock (gate) watching = false;
        Go(lookedFor: false);
    }

    /// <summary>
    /// Two appends to one stream, or with one message id, are not sent at the same time: the second must see what became of the first.
    /// An append over several streams goes alone, so that locks are always taken in one order.
    /// </summary>
    private List<WaitingAppend> NextBatch()
    {
        var (batch, left, closed) = (new List<WaitingAppend>(), new List<WaitingAppend>(), false);
        foreach (var entry in waiting)
        {
            var alone = entry.Append.Taken.Count > 1;
            if (closed || (alone && batch.Count > 0) || entry.Keys.Exists(underway.Contains)) left.Add(entry);
            else
            {
                batch.Add(entry);
                underway.UnionWith(entry.Keys);
                closed = alone || batch.Count == BatchSize;
            }
        }
        waiting = left;
        batch.Sort(static (a, b) => string.CompareOrdinal(a.Order, b.Order));
        return batch;
    }

    private async Task Send(List<WaitingAppend> batch)
    {
        // the one who happened to complete the batch is not the one this work is for
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
}
