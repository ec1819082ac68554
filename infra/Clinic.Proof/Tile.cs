using System.Globalization;

namespace Clinic.Proof;

/// <summary>
/// Where a piece of the log is found (C2SP tlog-tiles): 256 hashes of one level, or the 256 entries under a level-0 tile.
/// </summary>
/// <param name="Level">Null for entries; else 0 to 63: each hash stands for 256^level leaves.</param>
/// <param name="Index">Which tile of its level.</param>
/// <param name="Width">How many hashes or entries; below <see cref="Full"/> the tile is partial.</param>
public readonly record struct Tile(int? Level, long Index, int Width)
{
    /// <summary>Hashes in a full tile.</summary>
    public const int Full = 256;

    /// <summary>Levels of the binary tree in one level of tiles.</summary>
    public const int Height = 8;

    private const int MaxLevel = 63;
    private const string Entries = "entries";

    /// <summary>The path below the log's prefix, for example <c>tile/0/x001/067.p/3</c>.</summary>
    public string Path()
    {
        var digits = Index.ToString("D3", CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        var groups = digits.Chunk(3).Select(group => new string(group)).ToArray();
        var number = string.Join('/', groups.Select((group, i) => i < groups.Length - 1 ? "x" + group : group));
        return $"tile/{(Level is { } level ? level.ToString(CultureInfo.InvariantCulture) : Entries)}/{number}{(Width < Full ? $".p/{Width}" : "")}";
    }

    /// <summary>
    /// Reads a path as <see cref="Path"/> writes it and in no other spelling: what comes from outside never reaches a file
    /// system or a query as text.
    /// </summary>
    /// <exception cref="FormatException">It is not the path of a tile.</exception>
    public static Tile Parse(string path)
    {
        var parts = path.Split('/');
        if (path.Length > 100 || parts.Length < 3 || parts[0] != "tile") throw Bad();
        int? level = parts[1] == Entries ? null : Number(parts[1]) is var l and <= MaxLevel ? (int)l : throw Bad();
        var width = Full;
        var number = parts[2..];
        if (number.Length >= 2 && number[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            width = Number(number[^1]) is var w and > 0 and < Full ? (int)w : throw Bad();
            number = [.. number[..^2], number[^2][..^2]];
        }
        var digits = string.Concat(number.Select((group, i) =>
            i == number.Length - 1 ? group : group.StartsWith('x') ? group[1..] : throw Bad()));
        if (!digits.All(char.IsAsciiDigit) || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) throw Bad();
        var tile = new Tile(level, index, width);
        return tile.Path() == path ? tile : throw Bad();
    }

    /// <summary>The tiles, partial ones included, that make up a tree of <paramref name="size"/> leaves, level by level.</summary>
    public static IEnumerable<Tile> Of(long size)
    {
        for (var (level, hashes) = (0, size); hashes > 0; level++, hashes /= Full)
        {
            for (var index = 0L; index < hashes / Full; index++) yield return new Tile(level, index, Full);
            if (hashes % Full is var rest and > 0) yield return new Tile(level, hashes / Full, (int)rest);
        }
    }

    /// <summary>An entry bundle: each entry after its length as a big-endian uint16.</summary>
    public static byte[] Bundle(IReadOnlyCollection<byte[]> entries)
    {
        using var bundle = new MemoryStream();
        foreach (var entry in entries)
        {
            var length = checked((ushort)entry.Length);
            bundle.WriteByte((byte)(length >> 8));
            bundle.WriteByte((byte)length);
            bundle.Write(entry);
        }
        return bundle.ToArray();
    }

    /// <summary>The entries of a bundle.</summary>
    /// <exception cref="FormatException">It ends amid an entry.</exception>
    public static List<byte[]> Unbundle(ReadOnlySpan<byte> bundle)
    {
        var entries = new List<byte[]>();
        while (bundle.Length > 0)
        {
            if (bundle.Length < 2 || bundle.Length < 2 + (bundle[0] << 8 | bundle[1])) throw new FormatException("an entry bundle ends amid an entry");
            var length = bundle[0] << 8 | bundle[1];
            entries.Add(bundle.Slice(2, length).ToArray());
            bundle = bundle[(2 + length)..];
        }
        return entries;
    }

    private static long Number(string text) =>
        text.All(char.IsAsciiDigit) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad();

    private static FormatException Bad() => new("not the path of a tile");
}
