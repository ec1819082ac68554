namespace Clinic.EventLog.Keys;

/// <summary>A named secret.</summary>
public sealed record NamedKey(string Id, byte[] Secret);

/// <summary>
/// Keys of one purpose: the first is used, all are accepted. As a file, one <c>id hex</c> per line, so that a rotation is: add a
/// line at the end, let every process read it, move it to the top, and later remove the old one.
/// </summary>
public sealed class KeyRing
{
    private readonly NamedKey[] keys;

    /// <exception cref="FormatException">No key, or two of one id.</exception>
    public KeyRing(params NamedKey[] keys)
    {
        if (keys.Length == 0 || keys.DistinctBy(key => key.Id).Count() != keys.Length) throw new FormatException("a key ring holds at least one key, and each id once");
        this.keys = keys;
    }

    /// <summary>The key that is used.</summary>
    public NamedKey Current => keys[0];

    public IReadOnlyList<NamedKey> All => keys;

    /// <summary>The key of an id, or null.</summary>
    public NamedKey? Find(string id) => Array.Find(keys, key => key.Id == id);

    /// <summary>Reads the file's form.</summary>
    /// <param name="firstId">Id of a key that stands alone, without one.</param>
    /// <exception cref="FormatException">A line is no key; the message never quotes it.</exception>
    public static KeyRing Parse(string text, string firstId)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new KeyRing([.. lines.Select((line, number) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var hex] => new NamedKey(firstId, Bytes(hex, number)),
            [var id, var hex] => new NamedKey(id, Bytes(hex, number)),
            _ => throw new FormatException($"line {number + 1} of a key ring is not 'id hex'")
        })]);
    }

    /// <summary>The file's form.</summary>
    public override string ToString() => string.Join('\n', keys.Select(key => $"{key.Id} {Convert.ToHexStringLower(key.Secret)}"));

    private static byte[] Bytes(string hex, int number)
    {
        try
        {
            return Convert.FromHexString(hex) is { Length: 32 } secret ? secret : throw new FormatException($"line {number + 1} of a key ring does not hold 32 bytes");
        }
        catch (FormatException)
        {
            throw new FormatException($"line {number + 1} of a key ring does not hold 32 bytes in hexadecimal");
        }
    }
}
