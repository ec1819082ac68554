namespace Clinic.Proof;

/// <summary>What a checkpoint says about the one before it.</summary>
public enum Verdict
{
    /// <summary>The first of its log, or proven to go on from the last one.</summary>
    Consistent,

    /// <summary>The same size and root again, perhaps with another cosignature.</summary>
    Repeated,

    /// <summary>A deliberate restore: a new epoch, with two people and a reason.</summary>
    Restored,

    /// <summary>One in between was never heard, so nothing is proven; nothing contradicts it either.</summary>
    Gap,

    /// <summary>It contradicts what was signed before: two histories of one log.</summary>
    Fork,

    /// <summary>Not a checkpoint of this service's log with its key.</summary>
    Refused
}

/// <summary>Compares each checkpoint with the last one of the same log that was kept outside every database.</summary>
public static class Judgement
{
    /// <param name="text">The signed note.</param>
    /// <param name="from">The size that <paramref name="consistency"/> proves to be its beginning.</param>
    /// <param name="consistency">Hashes in base64; null for no proof.</param>
    /// <param name="key">The log's key, pinned by who compares.</param>
    /// <param name="held">Null before the first.</param>
    /// <param name="checkpoint">Null when there is none in the note.</param>
    /// <returns>The verdict and, where it is not plain, why.</returns>
    public static (Verdict Verdict, string? Why) Of(string text, long from, IReadOnlyList<string>? consistency, VerifierKey key, Checkpoint? held, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        try
        {
            var note = SignedNote.Parse(text);
            var origin = LogOrigin.Parse(Checkpoint.Parse(note.Text).Origin);
            if (origin.Log != LogOrigin.Parse(key.Name).Log) return (Verdict.Refused, $"the checkpoint is of {origin}");
            checkpoint = Checkpoint.Open(note, origin.ToString(), key.Named(origin.ToString())).Checkpoint;
        }
        catch (Exception e) when (e is FormatException or ProofException)
        {
            return (Verdict.Refused, e.Message);
        }
        if (held is null) return (Verdict.Consistent, null);
        return checkpoint.Origin == held.Origin ? OfOneEpoch(from, consistency, held, checkpoint) : OfAnother(held, checkpoint);
    }

    private static (Verdict, string?) OfOneEpoch(long from, IReadOnlyList<string>? consistency, Checkpoint held, Checkpoint next)
    {
        if (next.Size == held.Size)
            return next.Root.AsSpan().SequenceEqual(held.Root) ? (Verdict.Repeated, null) : (Verdict.Fork, $"two roots were signed over {next.Size} positions");
        if (from != held.Size || consistency is null || next.Size < held.Size)
            return (Verdict.Gap, $"{next.Size} positions were signed after {from}, and {held.Size} were the last heard of");
        return MerkleProof.VerifyConsistency(held.Size, next.Size, [.. consistency.Select(Hash)], held.Root, next.Root)
            ? (Verdict.Consistent, null)
            : (Verdict.Fork, $"what was signed over {next.Size} positions is no continuation of what was signed over {held.Size}");
    }

    /// <summary>What is no hash proves nothing.</summary>
    private static byte[] Hash(string text)
    {
        try
        {
            return MerkleHash.Parse(text);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static (Verdict, string?) OfAnother(Checkpoint held, Checkpoint next)
    {
        var (before, after) = (LogOrigin.Parse(held.Origin), LogOrigin.Parse(next.Origin));
        if (after.Epoch < before.Epoch) return (Verdict.Fork, $"{after} was given up, and is signed on");
        Reopening? reopening;
        try
        {
            reopening = Reopening.Of(next);
        }
        catch (FormatException e)
        {
            return (Verdict.Fork, e.Message);
        }
        if (after != before.Next() || reopening is null) return (Verdict.Fork, $"{after} begins without saying what was restored");
        // it may have signed a little that never arrived here, but nothing that arrived may be missing from what it admits
        return reopening.Previous.Origin == held.Origin && (reopening.Previous.Size > held.Size
                || (reopening.Previous.Size == held.Size && reopening.Previous.Root.AsSpan().SequenceEqual(held.Root)))
            ? (Verdict.Restored, $"{next.Size} of {reopening.Previous.Size} positions are left, approved by {string.Join(" and ", reopening.ApprovedBy)}: {reopening.Reason}")
            : (Verdict.Fork, $"{after} says that {reopening.Previous.Size} positions were lost, and {held.Size} had been signed");
    }
}
