using System.Globalization;
using Clinic.Proof;

namespace Clinic.Witness;

/// <summary>Body of <c>POST add-checkpoint</c> (C2SP tlog-witness): the size the log believes we cosigned last, a proof, the note.</summary>
internal sealed record AddCheckpointRequest(long Old, byte[][] Proof, SignedNote Note)
{
    private const string OldSize = "old ";
    private const int MaxHashes = 63;

    /// <exception cref="FormatException">It is not one; the message says why.</exception>
    public static AddCheckpointRequest Parse(string body)
    {
        var split = body.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0) throw new FormatException("no empty line stands between the proof and the checkpoint");
        var lines = body[..split].Split('\n');
        if (!lines[0].StartsWith(OldSize, StringComparison.Ordinal)) throw new FormatException("the first line is 'old N'");
        var text = lines[0][OldSize.Length..];
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var old) || old.ToString(CultureInfo.InvariantCulture) != text)
            throw new FormatException("the old size is not a plain decimal number");
        if (lines.Length - 1 > MaxHashes) throw new FormatException($"a proof has at most {MaxHashes} hashes");
        return new AddCheckpointRequest(old, [.. lines[1..].Select(MerkleHash.Parse)], SignedNote.Parse(body[(split + 2)..]));
    }
}
