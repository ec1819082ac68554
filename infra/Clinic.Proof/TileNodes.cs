namespace Clinic.Proof;

/// <summary>Perfect subtrees out of tiles: what lies between two levels of tiles is hashed again, at most 255 nodes.</summary>
/// <param name="hashes">The hashes a tile has, at least as many as are asked for: level of tiles, index.</param>
public sealed class TileNodes(Func<int, long, ReadOnlyMemory<byte>> hashes)
{
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> read = [];

    /// <inheritdoc cref="NodeAt"/>
    /// <exception cref="ProofException">A tile lacks the hashes.</exception>
    public byte[] At(int level, long index)
    {
        int tileLevel = level / Tile.Height, above = level % Tile.Height;
        var first = index << above;
        var tile = Read(tileLevel, first / Tile.Full);
        int from = (int)(first % Tile.Full), count = 1 << above;
        if (tile.Length < (from + count) * MerkleHash.Size)
            throw new ProofException($"tile {tileLevel}/{first / Tile.Full} has fewer than {from + count} hashes");
        var range = new CompactRange();
        for (var i = from; i < from + count; i++) range.Append(tile.Slice(i * MerkleHash.Size, MerkleHash.Size).ToArray());
        return range.Root();
    }

    private ReadOnlyMemory<byte> Read(int level, long index)
    {
        if (!read.TryGetValue((level, index), out var tile)) read[(level, index)] = tile = hashes(level, index);
        return tile;
    }
}
