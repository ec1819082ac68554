using System.Numerics;

namespace Clinic.Proof;

/// <summary>
/// A tree that only grows, remembered as the roots of its perfect subtrees: at most 63 hashes, whatever its size.
/// </summary>
public sealed class CompactRange
{
    private readonly List<byte[]> peaks;

    /// <summary>An empty tree.</summary>
    public CompactRange() : this(0, [])
    {
    }

    /// <param name="size">Leaves in the tree.</param>
    /// <param name="peaks">Roots of its perfect subtrees, the largest first: one for each bit set in <paramref name="size"/>.</param>
    /// <exception cref="ArgumentException">Their number does not fit the size.</exception>
    public CompactRange(long size, IEnumerable<byte[]> peaks)
    {
        this.peaks = [.. peaks];
        if (size < 0 || BitOperations.PopCount((ulong)size) != this.peaks.Count)
            throw new ArgumentException($"a tree of {size} leaves does not have {this.peaks.Count} peaks");
        Size = size;
    }

    /// <summary>Leaves in the tree.</summary>
    public long Size { get; private set; }

    /// <summary>Roots of the perfect subtrees, the largest first.</summary>
    public IReadOnlyList<byte[]> Peaks => peaks;

    /// <summary>Adds a leaf.</summary>
    /// <param name="leaf">Its hash.</param>
    /// <param name="completed">Told each perfect subtree that now is complete: level, index within the level, hash; the leaf itself first.</param>
    public void Append(byte[] leaf, Action<int, long, byte[]>? completed = null)
    {
        var hash = leaf;
        completed?.Invoke(0, Size, hash);
        var level = 0;
        for (var left = Size; (left & 1) == 1; left >>= 1)
        {
            hash = MerkleHash.Node(peaks[^1], hash);
            peaks.RemoveAt(peaks.Count - 1);
            level++;
            completed?.Invoke(level, left >> 1, hash);
        }
        peaks.Add(hash);
        Size++;
    }

    /// <summary>The root of the tree as it is now.</summary>
    public byte[] Root()
    {
        if (peaks.Count == 0) return MerkleHash.Empty;
        var root = peaks[^1];
        for (var i = peaks.Count - 2; i >= 0; i--) root = MerkleHash.Node(peaks[i], root);
        return root;
    }
}
