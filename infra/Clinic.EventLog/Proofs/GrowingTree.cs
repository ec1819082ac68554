using Clinic.Proof;

namespace Clinic.EventLog.Proofs;

/// <summary>The right edge of the tree in memory: what a new leaf touches, and no more.</summary>
internal sealed class GrowingTree(CompactRange range, Dictionary<(int Level, long Index), List<byte>> open)
{
    private readonly HashSet<(int Level, long Index)> changed = [];

    public long Size => range.Size;

    public byte[] Root() => range.Root();

    public void Append(LogEntry entry) => range.Append(entry.Leaf(), Keep);

    /// <summary>The tiles that changed since the last call; those that are full are forgotten here.</summary>
    public List<(int Level, long Index, byte[] Hashes)> TakeChanged()
    {
        var tiles = changed.Select(at => (at.Level, at.Index, open[at].ToArray())).ToList();
        foreach (var (level, index, hashes) in tiles)
            if (hashes.Length == Tile.Full * MerkleHash.Size) open.Remove((level, index));
        changed.Clear();
        return tiles;
    }

    private void Keep(int level, long index, byte[] hash)
    {
        if (level % Tile.Height != 0) return;
        var at = (level / Tile.Height, index / Tile.Full);
        if (!open.TryGetValue(at, out var hashes)) open[at] = hashes = [];
        hashes.AddRange(hash);
        changed.Add(at);
    }
}
