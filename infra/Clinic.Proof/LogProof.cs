namespace Clinic.Proof;

/// <summary>
/// That an entry is in a log, in a text that needs nothing else but public keys (C2SP tlog-proof): for years, offline.
/// </summary>
/// <param name="Extra">Not authenticated; null for none.</param>
public sealed record LogProof(long Index, byte[][] Hashes, SignedNote Checkpoint, byte[]? Extra = null)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const int MaxHashes = 63;

    /// <summary>Reads a proof.</summary>
    /// <exception cref="FormatException">It is not one; the message says why.</exception>
    public static LogProof Parse(string text)
    {
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0) throw new FormatException("no empty line stands between the proof and its checkpoint");
        var lines = text[..split].Split('\n');
        if (lines[0] != Header) throw new FormatException($"a proof begins with {Header}");
        var extra = lines.Length > 1 && lines[1].StartsWith("extra ", StringComparison.Ordinal) ? StrictBase64.Decode(lines[1][6..], "the extra data") : null;
        var rest = lines[(extra is null ? 1 : 2)..];
        if (rest.Length == 0 || !rest[0].StartsWith("index ", StringComparison.Ordinal)) throw new FormatException("a proof has a line 'index N'");
        if (rest.Length - 1 > MaxHashes) throw new FormatException($"a proof has at most {MaxHashes} hashes");
        return new LogProof(Proof.Checkpoint.Number(rest[0][6..], "the index"), [.. rest[1..].Select(line => StrictBase64.Hash(line, "a line of the proof"))],
            SignedNote.Parse(text[(split + 2)..]), extra);
    }

    /// <summary>Checks all of it: signatures, origin, and that the leaf is where it is said to be.</summary>
    /// <exception cref="ProofException">Something does not hold.</exception>
    /// <exception cref="FormatException">The note inside is not a checkpoint.</exception>
    public Checkpoint Verify(byte[] leaf, string origin, VerifierKey log, params IEnumerable<VerifierKey> cosigners)
    {
        var checkpoint = Proof.Checkpoint.Open(Checkpoint, origin, log, cosigners).Checkpoint;
        return MerkleProof.VerifyInclusion(leaf, Index, checkpoint.Size, Hashes, checkpoint.Root)
            ? checkpoint
            : throw new ProofException($"the entry is not at index {Index} of the tree of {checkpoint.Size}");
    }

    public override string ToString() =>
        $"{Header}\n{(Extra is null ? "" : $"extra {Convert.ToBase64String(Extra)}\n")}index {Index}\n" +
        string.Concat(Hashes.Select(hash => Convert.ToBase64String(hash) + "\n")) + "\n" + Checkpoint;
}
