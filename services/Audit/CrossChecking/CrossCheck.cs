using System.Data;
using Clinic.Audit.Domain;
using Clinic.Audit.Incidents;
using Clinic.EventLog;
using Clinic.Messaging;
using Clinic.Proof;
using Npgsql;

namespace Clinic.Audit.CrossChecking;

/// <param name="Every">How often a log that grows is asked for a little more; a full page is asked for at once. <c>Audit__CrossCheckEvery</c>.</param>
internal sealed record CrossCheckOptions(TimeSpan Every)
{
    public static CrossCheckOptions Of(IConfiguration configuration) => new(configuration.GetValue("Audit:CrossCheckEvery", TimeSpan.FromSeconds(5)));
}

/// <summary>
/// Compares without end: asks each producer for the entries of its log, takes them only when they lead to the root of a checkpoint
/// that is believed, and looks for the hash of every public event among them. Who rewrites an event would have to rewrite it in both
/// databases, and what was signed and sent away. The bus delivers one answer at a time to one instance.
/// </summary>
internal sealed class CrossCheck(CrossCheckOptions options, Database database, IEventStore store, Alarms alarms, TimeProvider time, ILogger<CrossCheck> logger)
{
    /// <summary>Entries asked for at once: what one answer holds.</summary>
    private const int Page = 8192;

    /// <summary>Events looked at beside a page; so many in a row that are in no log are enough.</summary>
    private const int Window = 20_000;

    /// <summary>An event has its position within a second; transactions and clocks are given more.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>What was changed behind the comparison is found by the next one.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromDays(7);

    /// <summary>Longer than our own events wait for their positions under load; then it is asked again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, DateTimeOffset> rested = [];

    /// <summary>Where an answer did not lead to what was signed.</summary>
    private readonly Dictionary<string, long> doubted = [];

    /// <summary>Which entries are needed next.</summary>
    public async Task<IReadOnlyList<WantedEntries>> Wanted(CancellationToken ct)
    {
        var wanted = new List<WantedEntries>();
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        foreach (var service in await CrossCheckRows.Producers(connection, ct))
        {
            await EndAlarm(connection, service, ct);
            if (await CheckState.Of(connection, service, ct) is not { } state) continue;
            var from = await CrossCheckRows.Staged(connection, state, ct);
            var target = await CheckState.Within(connection, service, from, Page, ct) ?? await CheckState.AtLeast(connection, service, from + 1, ct);
            if (target is null)
            {
                await CrossCheckRows.BeginAgain(connection, service, time.GetUtcNow() - Again, ct);
                continue;
            }
            // a busy log grows every second: a little more at a time is enough
            if (target.Size - from < Page && rested.TryGetValue(service, out var since) && time.GetUtcNow() - since < options.Every) continue;
            rested[service] = time.GetUtcNow();
            wanted.Add(new WantedEntries(service, from, target.Size));
        }
        return wanted;
    }

    /// <summary>Keeps what came; compares when it reaches to a checkpoint.</summary>
    public async Task Compare(ReceivedEntries received, CancellationToken ct)
    {
        var service = received.Service;
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        if (!await AllPlaced(connection, service, ct)) return;
        // in one snapshot, also of pages: a comparison may be begun again while this one goes on
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        if (await CheckState.Of(connection, service, ct) is not { } state) return;
        var from = await CrossCheckRows.Staged(connection, state, ct);
        byte[] entries;
        try
        {
            entries = Convert.FromBase64String(received.Entries.Entries);
        }
        catch (FormatException)
        {
            entries = [];
        }
        // an answer that came twice, or to a question of before; an empty one is none
        if (received.Entries.From != from || entries.Length == 0 || entries.Length % LogEntry.Size != 0) return;
        await CrossCheckRows.Stage(connection, state, from, entries, ct);
        var end = from + entries.Length / LogEntry.Size;
        var target = await CheckState.AtLeast(connection, service, end, ct);
        if (target?.Size == end) await Judge(connection, state, target, ct);
        await transaction.CommitAsync(ct);
        await Settle(connection, service, ct);
    }

    /// <summary>
    /// Events are looked up by their places in our own log, and these come after the events: what has arrived and has none yet would be
    /// passed over now, and missed in the log later.
    /// </summary>
    private async Task<bool> AllPlaced(NpgsqlConnection connection, string service, CancellationToken ct)
    {
        var (last, since) = (await CrossCheckRows.LastWaiting(connection, service, long.MaxValue, ct), time.GetTimestamp());
        while (await CrossCheckRows.LastWaiting(connection, service, last, ct) > 0)
        {
            if (time.GetElapsedTime(since) > Patience)
            {
                logger.LogWarning("What {Service} has published waits for its place in our own log: its entries are asked for again", service);
                return false;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, ct);
        }
        return true;
    }

    private async Task Judge(NpgsqlConnection connection, CheckState state, Target target, CancellationToken ct)
    {
        var tree = state.Tree();
        await foreach (var entry in CrossCheckRows.Entries(connection, state, ct)) tree.Append(entry.Leaf());
        if (!tree.Root().AsSpan().SequenceEqual(target.Root))
        {
            // one answer alone accuses nobody: it is asked for again, and two that differ from what was signed are a finding; pages of ours
            // that do not reach from one to the other say nothing of the owner
            if (tree.Size != target.Size || !doubted.TryGetValue(state.Service, out var since) || since != state.Size)
            {
                if (tree.Size == target.Size) doubted[state.Service] = state.Size;
                logger.LogWarning("Entries of {Service} from {From} on, {Count} of them, do not lead to what it has signed over {Size} positions; it is asked again",
                    state.Service, state.Size, tree.Size - state.Size, target.Size);
                await CrossCheckRows.Execute(connection, [CrossCheckRows.Forget(state.Service)], ct);
                return;
            }
            logger.LogError("{Service} shows another log than it has signed over {Size} positions", state.Service, target.Size);
            var tenants = await CrossCheckRows.Tenants(connection, ct);
            await Record(connection, state.Service, [.. tenants.Select(tenant => new Disagreement(tenant, "log-differs", state.Size, target.Size - 1, null))], [CrossCheckRows.Forget(state.Service)], ct);
            return;
        }
        doubted.Remove(state.Service);
        var (next, found) = await Compared(connection, state, target, ct);
        next = next with { Size = target.Size, Peaks = [.. tree.Peaks.SelectMany(peak => peak)] };
        await Record(connection, state.Service, found, CheckState.Write(next, target.SignedAt, time.GetUtcNow()), ct);
    }

    private static async Task<(CheckState Next, IReadOnlyList<Disagreement> Found)> Compared(NpgsqlConnection connection, CheckState state, Target target, CancellationToken ct)
    {
        if (state.Stopped) return (state, []);
        var comparison = new LogComparison(state.Sequence, state.Position);
        var hashes = new HashSet<string>(Page);
        await foreach (var entry in CrossCheckRows.Entries(connection, state, ct).Buffered(Page, ct))
        {
            hashes.UnionWith(entry.Select(e => Convert.ToHexStringLower(e.EventHash)));
            comparison.Compare(hashes, await CrossCheckRows.Recorded(connection, state.Service, comparison.Position, Window, ct));
            hashes.Clear();
        }
        var head = await CrossCheckRows.Head(connection, ct);
        var left = await CrossCheckRows.Recorded(connection, state.Service, comparison.Position, Window, ct);
        comparison.Overdue(left, target.SignedAt - Grace);
        return (state with
        {
            Sequence = comparison.Sequence,
            // nothing of this producer stands before the head: it is not looked through again
            Position = left.Count == 0 ? Math.Max(head, comparison.Position) : comparison.Position,
            Stopped = left.Count == Window && comparison.Position == left[^1].Position
        }, comparison.Found);
    }

    /// <summary>Incidents first: a repeat after a crash finds them open, and the rows not there yet. What is found again is none.</summary>
    private async Task Record(NpgsqlConnection connection, string service, IReadOnlyList<Disagreement> found, IEnumerable<NpgsqlBatchCommand> and, CancellationToken ct)
    {
        foreach (var tenant in (await CrossCheckRows.New(connection, service, found, ct)).GroupBy(f => f.Tenant))
            await OpenIncidents.Raise(store, time, tenant.Key, Kind(service), "critical", $"{service}-{tenant.First().Sequence}", ct);
        await CrossCheckRows.Execute(connection, [.. found.Select(f => CrossCheckRows.Finding(service, f)), .. and], ct);
    }

    /// <summary>The alarm stands while any clinic has an incident of it to deal with.</summary>
    private async Task Settle(NpgsqlConnection connection, string service, CancellationToken ct)
    {
        var first = default(string);
        foreach (var (tenant, what) in await CrossCheckRows.Findings(connection, service, ct))
            if (await OpenIncidents.Next(store, tenant, Kind(service), ct) is null) first ??= what;
        if (first is null) alarms.Clear(Kind(service));
        else alarms.Raise(Kind(service), first);
    }

    /// <summary>Incidents are closed while a log stands still, too.</summary>
    private Task EndAlarm(NpgsqlConnection connection, string service, CancellationToken ct) =>
        alarms.Active.ContainsKey(Kind(service)) ? Settle(connection, service, ct) : Task.CompletedTask;

    private static string Kind(string service) => "cross-check-" + service;
}
