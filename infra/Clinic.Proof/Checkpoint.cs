using System.Globalization;

namespace Clinic.Proof;

/// <summary>What a log commits to (C2SP tlog-checkpoint): this many leaves, under this root.</summary>
/// <param name="Origin">Which log: the first line, never empty.</param>
/// <param name="Size">Leaves.</param>
/// <param name="Extensions">Further lines, signed with the rest; none is empty.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root, IReadOnlyList<string> Extensions)
{
    public Checkpoint(string origin, long size, byte[] root) : this(origin, size, root, [])
    {
    }

    /// <summary>Reads the text of a note as a checkpoint.</summary>
    /// <exception cref="FormatException">It is not one; the message says why.</exception>
    public static Checkpoint Parse(string text)
    {
        if (!text.EndsWith('\n')) throw new FormatException("a checkpoint ends in a newline");
        var lines = text[..^1].Split('\n');
        if (lines.Length < 3) throw new FormatException("a checkpoint has an origin, a size and a root");
        if (lines.Any(line => line.Length == 0)) throw new FormatException("a checkpoint has no empty lines");
        return new Checkpoint(lines[0], Number(lines[1], "the size of a checkpoint"), StrictBase64.Hash(lines[2], "the root of a checkpoint"), lines[3..]);
    }

    /// <summary>Reads a signed checkpoint of <paramref name="origin"/>, signed by <paramref name="log"/>; cosignatures of <paramref name="cosigners"/> are checked beside it.</summary>
    /// <exception cref="FormatException">It is not a checkpoint.</exception>
    /// <exception cref="ProofException">Another log's, or a signature is missing or does not hold.</exception>
    public static (Checkpoint Checkpoint, IReadOnlyList<VerifiedSignature> Signatures) Open(
        SignedNote note, string origin, VerifierKey log, params IEnumerable<VerifierKey> cosigners)
    {
        var signatures = note.Verify([log, .. cosigners]);
        if (signatures.All(s => s.Key != log)) throw new ProofException($"{log.Name} has not signed the checkpoint");
        var checkpoint = Parse(note.Text);
        return checkpoint.Origin == origin ? (checkpoint, signatures) : throw new ProofException($"the checkpoint is of {checkpoint.Origin}, not of {origin}");
    }

    /// <summary>The text that is signed.</summary>
    public string Text() => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n{string.Concat(Extensions.Select(line => line + "\n"))}";

    /// <summary>The checkpoint as a note with one signature.</summary>
    public SignedNote Sign(NoteSigner signer, DateTimeOffset now)
    {
        var text = Text();
        Parse(text);
        return new SignedNote(text, [signer.Sign(text, now)]);
    }

    /// <summary>A decimal number in its one spelling: no sign, no leading zero.</summary>
    internal static long Number(string text, string what) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : throw new FormatException($"{what} is not a plain decimal number");
}
