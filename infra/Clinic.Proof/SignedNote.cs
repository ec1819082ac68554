using System.Buffers.Binary;
using System.Text;

namespace Clinic.Proof;

/// <summary>One signature line of a note: <c>— name base64(key id ‖ signature)</c>.</summary>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Value)
{
    public override string ToString()
    {
        var bytes = new byte[4 + Value.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Value.CopyTo(bytes, 4);
        return $"{SignedNote.Dash}{Name} {Convert.ToBase64String(bytes)}\n";
    }
}

/// <summary>A signature that was checked and holds.</summary>
/// <param name="At">When a cosigner saw the note; null for plain signatures.</param>
public sealed record VerifiedSignature(VerifierKey Key, DateTimeOffset? At);

/// <summary>Text and the lines of those who signed it (C2SP signed-note). Parsing believes nothing; <see cref="Verify"/> does.</summary>
/// <param name="Text">What was signed; ends in a newline.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    internal const string Dash = "\u2014 ";

    /// <summary>Sixteen must be accepted; a hundred need no more than a page.</summary>
    private const int MaxSignatures = 100;
    private const int MaxLength = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a note.</summary>
    /// <exception cref="FormatException">It is not one; the message says why.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength) throw new FormatException("the note is longer than 1 MiB");
        try
        {
            return Parse(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("the note is not UTF-8");
        }
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static SignedNote Parse(string note)
    {
        if (note.Length > MaxLength) throw new FormatException("the note is longer than 1 MiB");
        if (note.Any(c => c < ' ' && c != '\n')) throw new FormatException("the note has control characters");
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0) throw new FormatException("no empty line stands between the note's text and its signatures");
        if (!note.EndsWith('\n') || split + 2 == note.Length) throw new FormatException("the note has no signature, or its last line has no end");
        var lines = note[(split + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures) throw new FormatException($"the note has more than {MaxSignatures} signatures");
        return new SignedNote(note[..(split + 1)], [.. lines.Select(Line)]);
    }

    /// <summary>
    /// The signatures by <paramref name="keys"/>. A line of anybody else is ignored, as the specification demands; a line of a
    /// known key that does not hold condemns the whole note.
    /// </summary>
    /// <exception cref="ProofException">A known key's signature does not hold, or no known key has signed.</exception>
    public IReadOnlyList<VerifiedSignature> Verify(params IEnumerable<VerifierKey> keys)
    {
        var known = keys.ToArray();
        var verified = new List<VerifiedSignature>();
        foreach (var signature in Signatures)
        {
            if (known.FirstOrDefault(k => k.Name == signature.Name && k.KeyId == signature.KeyId) is not { } key) continue;
            var holds = key.Check(Text, signature.Value) ?? throw new ProofException($"the signature of {key.Name} does not hold");
            if (verified.All(v => v.Key != key)) verified.Add(holds);
        }
        return verified.Count > 0 ? verified : throw new ProofException("no known key has signed the note");
    }

    /// <summary>The note with one more signature.</summary>
    public SignedNote With(NoteSignature signature) => this with { Signatures = [.. Signatures, signature] };

    public override string ToString() => Text + "\n" + string.Concat(Signatures);

    /// <summary>Key names: not empty, without Unicode spaces and plus signs.</summary>
    internal static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+' || c < ' ');

    private static NoteSignature Line(string line)
    {
        var parts = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
        if (parts.Length != 2 || !IsName(parts[0])) throw new FormatException("a signature line is not '— name base64'");
        var bytes = StrictBase64.Decode(parts[1], "a signature");
        if (bytes.Length < 5) throw new FormatException("a signature is too short");
        return new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..]);
    }
}
