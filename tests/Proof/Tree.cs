using Clinic.Proof;

namespace Clinic.Tests.Proof;

/// <summary>A whole tree in memory, grown leaf by leaf.</summary>
internal sealed class Tree
{
    private readonly Dictionary<(int, long), byte[]> nodes = [];
    private readonly List<byte[]> roots = [MerkleHash.Empty];
    private readonly CompactRange range = new();

    public Tree(IEnumerable<byte[]> data)
    {
        foreach (var item in data) Add(MerkleHash.Leaf(item));
    }

    /// <summary>A tree over the numbers from 0.</summary>
    public static Tree Of(int size, string salt = "") => new(Enumerable.Range(0, size).Select(i => System.Text.Encoding.UTF8.GetBytes($"{salt}{i}")));

    public long Size => range.Size;

    public byte[] Node(int level, long index) => nodes[(level, index)];

    public byte[] Leaf(long index) => Node(0, index);

    public byte[] Root(long size) => roots[(int)size];

    public void Add(byte[] leaf)
    {
        range.Append(leaf, (level, index, hash) => nodes[(level, index)] = hash);
        roots.Add(range.Root());
    }
}
