namespace Clinic.Audit.Domain;

/// <summary>A public event of another service as it was recorded here.</summary>
/// <param name="Position">Its place in our own log.</param>
/// <param name="Sequence">The producer's number, dense.</param>
/// <param name="Hash">The owner's sealed hash, hex.</param>
public sealed record Recorded(long Position, string Tenant, long Sequence, string EventId, string? Hash, DateTimeOffset OccurredAt);

/// <summary>Where the owner's log and what was recorded here do not agree.</summary>
/// <param name="Why">hash-differs: the hash recorded here is not in the log; not-recorded: a sequence is missing here; recorded-twice.</param>
public sealed record Disagreement(string Tenant, string Why, long Sequence, long UpTo, string? EventId);

/// <summary>
/// Public events of one producer against the sealed hashes of its log. Sequences follow positions, so when a later event is found
/// what stands before it and was not found is in no place of the log.
/// </summary>
/// <param name="sequence">Every public event up to here was compared before.</param>
/// <param name="position">Where the last of them stands here; -1 for none.</param>
public sealed class LogComparison(long sequence, long position)
{
    private readonly List<Disagreement> found = [];

    /// <summary>Every public event up to here was compared.</summary>
    public long Sequence { get; private set; } = sequence;

    /// <summary>Where the last of them stands here.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Each stretch once.</summary>
    public IReadOnlyList<Disagreement> Found => found;

    /// <param name="hashes">Of the next entries, hex.</param>
    /// <param name="next">Events not yet compared, in order.</param>
    public void Compare(IReadOnlySet<string> hashes, IReadOnlyList<Recorded> next)
    {
        var last = next.Count - 1;
        while (last >= 0 && !(next[last].Hash is { } hash && hashes.Contains(hash))) last--;
        Settle(next.Take(last + 1), e => e.Hash is { } hash && hashes.Contains(hash));
    }

    /// <summary>What happened so long before the checkpoint was signed would have been in the log.</summary>
    public void Overdue(IReadOnlyList<Recorded> left, DateTimeOffset before) => Settle(left.TakeWhile(e => e.OccurredAt < before), _ => false);

    private void Settle(IEnumerable<Recorded> events, Func<Recorded, bool> isIn)
    {
        foreach (var e in events)
        {
            if (e.Sequence > Sequence + 1) Add(new Disagreement(e.Tenant, "not-recorded", Sequence + 1, e.Sequence - 1, null));
            if (e.Sequence <= Sequence) Add(new Disagreement(e.Tenant, "recorded-twice", e.Sequence, e.Sequence, e.EventId));
            else if (!isIn(e)) Add(new Disagreement(e.Tenant, "hash-differs", e.Sequence, e.Sequence, e.EventId));
            (Sequence, Position) = (Math.Max(Sequence, e.Sequence), e.Position);
        }
    }

    private void Add(Disagreement one)
    {
        // a long stretch is one finding
        if (found.Count > 0 && found[^1] is var before && before.Why == one.Why && before.Tenant == one.Tenant && before.UpTo + 1 == one.Sequence) found[^1] = before with { UpTo = one.UpTo };
        else found.Add(one);
    }
}
