using Clinic.EventLog;
using Clinic.EventLog.Proofs;
using Clinic.Proof;

namespace Clinic.Cli.Verify;

/// <summary>
/// Judges an export by what it says and by checkpoints that were kept elsewhere, with nothing but public keys: hashes of events,
/// leaves, roots, every checkpoint. infra/verify/verify.py does the same and shares no code; both answer with the same line.
/// </summary>
public static class Verifier
{
    /// <param name="folder">What <c>clinic export-log</c> wrote.</param>
    /// <param name="outside">Files of checkpoints that the database's owner could not reach.</param>
    /// <param name="pinned">The log's key, which the auditor got by another way.</param>
    /// <param name="witnesses">Keys of witnesses; null or none asks for no cosignature.</param>
    /// <param name="quorum">How many of them must have cosigned the same checkpoint; 0 for all.</param>
    public static Verdict Run(DirectoryInfo folder, IReadOnlyList<string> outside, VerifierKey pinned, IReadOnlyList<VerifierKey>? witnesses = null, int quorum = 0)
    {
        var flaws = new List<Flaw>();
        try
        {
            return Run(new Export(folder), outside, pinned, witnesses ?? [], quorum > 0 ? quorum : witnesses?.Count ?? 0, flaws);
        }
        catch (Exception e) when (e is FormatException or IOException or System.Text.Json.JsonException or InvalidOperationException or AggregateException)
        {
            flaws.Add(new Flaw(-1, "unreadable", e is AggregateException { InnerException: { } inner } ? inner.Message : e.Message));
            return new Verdict(flaws, 0, 0, 0, 0);
        }
    }

    private static Verdict Run(Export export, IReadOnlyList<string> outside, VerifierKey pinned, IReadOnlyList<VerifierKey> witnesses, int quorum, List<Flaw> flaws)
    {
        var identity = export.Identity();
        var origin = TreeKeeper.Origin(identity.Installation, identity.Service);
        if (LogOrigin.Parse(pinned.Name).Log != origin) flaws.Add(new Flaw(-1, "checkpoint-origin", $"the export is of {origin}, the key of {pinned.Name}"));
        // the key here seals nothing: hashes need none
        var seal = new EventSeal(identity.Installation, identity.Service, new MacKey("none", []));

        var signed = SignedCheckpoints.Read(export, outside, pinned, witnesses, flaws);
        var events = new Dictionary<long, ExportedEvent>();
        foreach (var e in export.Events(seal))
            if (!events.TryAdd(e.Seq, e)) flaws.Add(new Flaw(-1, "unreadable", $"event number {e.Seq} is there twice"));
        var total = events.Count;
        var positionOf = new Dictionary<Guid, long>();
        var roots = new Dictionary<long, byte[]>();
        var sizes = signed.Select(s => s.Checkpoint.Size).ToHashSet();
        var tree = new CompactRange();
        var streams = new Dictionary<(string, string), SortedList<long, long>>();
        var logged = long.MinValue;
        if (sizes.Contains(0)) roots[0] = tree.Root();
        foreach (var row in export.Log())
        {
            if (row.Position != tree.Size)
            {
                flaws.Add(new Flaw(tree.Size, "position-missing", $"position {tree.Size} is missing"));
                break;
            }
            if (row.Logged < logged) flaws.Add(new Flaw(row.Position, "time-backwards", $"position {row.Position} was logged before the one it follows"));
            logged = row.Logged;
            positionOf[row.Id] = row.Position;
            tree.Append(row.Leaf);
            if (sizes.Contains(tree.Size)) roots[tree.Size] = tree.Root();
            if (!events.Remove(row.Seq, out var e))
                flaws.Add(new Flaw(row.Position, "event-missing", $"event {row.Id} is in the log, and its row is gone"));
            else if (e.Id != row.Id || e.Hash is null || !e.Hash.AsSpan().SequenceEqual(row.Hash))
                flaws.Add(new Flaw(row.Position, "event-changed", $"event {row.Id} ({e.Stream} version {e.Version}) is not what was logged"));
            if (e is not null) Version(streams, e, row.Position);
        }

        var waiting = export.Queue().Select(w => w.Seq).ToHashSet();
        foreach (var e in events.Values.OrderBy(e => e.Seq))
        {
            if (!waiting.Contains(e.Seq)) flaws.Add(new Flaw(tree.Size, "event-unlogged", $"event {e.Id} ({e.Stream} version {e.Version}) is in no log and waits for none"));
            Version(streams, e, tree.Size);
        }
        foreach (var stream in export.Streams())
        {
            var versions = streams.GetValueOrDefault((stream.Tenant, stream.Stream)) ?? [];
            var hole = Enumerable.Range(0, versions.Count).FirstOrDefault(i => versions.Keys[i] != i + 1, -1);
            if (hole >= 0) flaws.Add(new Flaw(versions.Values[hole], "stream-broken", $"stream {stream.Stream}: version {hole + 1} is missing"));
            else if (versions.Count != stream.Version)
                flaws.Add(new Flaw(versions.Count > 0 ? versions.Values[^1] : tree.Size, "stream-broken", $"stream {stream.Stream} ends at {versions.Count}, but {stream.Version} versions were written"));
        }
        foreach (var q in export.Quarantine())
            flaws.Add(new Flaw(positionOf.GetValueOrDefault(q.Id, tree.Size), "quarantined", $"event {q.Id} was found not to be the service's own ({q.Reason})"));

        var restores = new List<string>();
        var binding = SignedCheckpoints.Binding(signed, pinned, flaws, restores);
        var good = Roots(binding, roots, tree.Size, flaws);
        long? witnessed = witnesses.Count == 0 ? null : binding.Where(s => s.Witnesses >= quorum && s.Checkpoint.Size <= good).Select(s => s.Checkpoint.Size).DefaultIfEmpty(-1).Max();
        if (witnessed < 0) flaws.Add(new Flaw(-1, "no-witness", $"no good checkpoint is cosigned by {quorum} of the witnesses given"));
        var ordered = flaws.OrderBy(f => f.Position).ThenBy(f => f.Why, StringComparer.Ordinal).ToList();
        return new Verdict(ordered, total, signed.Count, tree.Size - good, events.Count, tree.Size - witnessed, restores);
    }

    /// <summary>Every checkpoint against the tree of the export; so every two of them are consistent, or one is named.</summary>
    /// <returns>How far the last good one goes.</returns>
    private static long Roots(List<SignedCheckpoint> signed, Dictionary<long, byte[]> roots, long size, List<Flaw> flaws)
    {
        var good = 0L;
        var differs = false;
        foreach (var checkpoint in signed.Select(s => s.Checkpoint).OrderBy(c => c.Size))
        {
            if (checkpoint.Size > size)
            {
                flaws.Add(new Flaw(size, "log-cut", $"the log ends before position {size}, but {checkpoint.Size} positions were signed"));
                break;
            }
            if (roots[checkpoint.Size].AsSpan().SequenceEqual(checkpoint.Root))
            {
                if (!differs) good = checkpoint.Size;
                continue;
            }
            // an event that is wrong in there is what makes it differ; without one, all that is known is after which position
            var first = flaws.Where(f => f.Position >= good && f.Position < checkpoint.Size).Select(f => f.Position).DefaultIfEmpty(good).Min();
            if (!differs) flaws.Add(new Flaw(first, "root-differs", $"what was signed over {checkpoint.Size} positions differs; the first {good} are as they were"));
            differs = true;
        }
        return good;
    }

    private static void Version(Dictionary<(string, string), SortedList<long, long>> streams, ExportedEvent e, long position)
    {
        if (!streams.TryGetValue((e.Tenant, e.Stream), out var versions)) streams[(e.Tenant, e.Stream)] = versions = [];
        versions[e.Version] = position;
    }
}
