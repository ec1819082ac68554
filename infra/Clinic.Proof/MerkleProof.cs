using System.Numerics;
using System.Security.Cryptography;

namespace Clinic.Proof;

/// <summary>The root of the perfect subtree over leaves <c>index · 2^level</c> to <c>(index + 1) · 2^level − 1</c>.</summary>
public delegate byte[] NodeAt(int level, long index);

/// <summary>
/// Proofs of RFC 6962 (2.1.1, 2.1.2) and their verification as RFC 9162 spells it out (2.1.3.2, 2.1.4.2). Making one reads
/// perfect subtrees only, so any store of them serves.
/// </summary>
public static class MerkleProof
{
    /// <summary>The root over the first <paramref name="size"/> leaves.</summary>
    public static byte[] Root(long size, NodeAt node) => size == 0 ? MerkleHash.Empty : Root(0, size, node);

    /// <summary>That leaf <paramref name="index"/> is in the tree of <paramref name="size"/> leaves: the sibling of the leaf first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public static byte[][] Inclusion(long index, long size, NodeAt node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<byte[]>();
        Path(index, 0, size, node, proof);
        return [.. proof];
    }

    /// <summary>That the tree of <paramref name="from"/> leaves is the beginning of the tree of <paramref name="to"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The second is not at least as large as the first.</exception>
    public static byte[][] Consistency(long from, long to, NodeAt node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var proof = new List<byte[]>();
        if (from > 0 && from < to) Subproof(from, 0, to, true, node, proof);
        return [.. proof];
    }

    /// <summary>True when <paramref name="proof"/> shows that <paramref name="leaf"/> is leaf <paramref name="index"/> under <paramref name="root"/>.</summary>
    public static bool VerifyInclusion(byte[] leaf, long index, long size, byte[][] proof, byte[] root)
    {
        if (index < 0 || index >= size) return false;
        long position = index, last = size - 1;
        var hash = leaf;
        foreach (var sibling in proof)
        {
            if (last == 0 || sibling.Length != MerkleHash.Size) return false;
            if ((position & 1) == 1 || position == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                while ((position & 1) == 0 && position != 0)
                {
                    position >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }
            position >>= 1;
            last >>= 1;
        }
        return last == 0 && CryptographicOperations.FixedTimeEquals(hash, root);
    }

    /// <summary>True when <paramref name="proof"/> shows that nothing under <paramref name="fromRoot"/> was changed or removed on the way to <paramref name="toRoot"/>.</summary>
    public static bool VerifyConsistency(long from, long to, byte[][] proof, byte[] fromRoot, byte[] toRoot)
    {
        if (from < 0 || from > to || proof.Any(hash => hash.Length != MerkleHash.Size)) return false;
        if (from == to) return proof.Length == 0 && fromRoot.AsSpan().SequenceEqual(toRoot);
        if (from == 0) return proof.Length == 0 && fromRoot.AsSpan().SequenceEqual(MerkleHash.Empty);
        var rest = proof.AsSpan();
        long position = from - 1, last = to - 1;
        while ((position & 1) == 1)
        {
            position >>= 1;
            last >>= 1;
        }
        // a perfect first tree is its own first step, and the proof leaves it out
        byte[] older, newer;
        if (BitOperations.IsPow2(from))
        {
            older = newer = fromRoot;
        }
        else
        {
            if (rest.Length == 0) return false;
            older = newer = rest[0];
            rest = rest[1..];
        }
        foreach (var hash in rest)
        {
            if (last == 0) return false;
            if ((position & 1) == 1 || position == last)
            {
                older = MerkleHash.Node(hash, older);
                newer = MerkleHash.Node(hash, newer);
                while ((position & 1) == 0 && position != 0)
                {
                    position >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                newer = MerkleHash.Node(newer, hash);
            }
            position >>= 1;
            last >>= 1;
        }
        return last == 0 && older.AsSpan().SequenceEqual(fromRoot) && newer.AsSpan().SequenceEqual(toRoot);
    }

    private static void Path(long index, long from, long to, NodeAt node, List<byte[]> proof)
    {
        if (to - from == 1) return;
        var middle = from + Split(to - from);
        if (index < middle)
        {
            Path(index, from, middle, node, proof);
            proof.Add(Root(middle, to, node));
        }
        else
        {
            Path(index, middle, to, node, proof);
            proof.Add(Root(from, middle, node));
        }
    }

    // SUBPROOF of RFC 6962: whole says that the first tree's root is what the verifier holds
    private static void Subproof(long size, long from, long to, bool whole, NodeAt node, List<byte[]> proof)
    {
        if (size == to)
        {
            if (!whole) proof.Add(Root(from, to, node));
            return;
        }
        var middle = from + Split(to - from);
        if (size <= middle)
        {
            Subproof(size, from, middle, whole, node, proof);
            proof.Add(Root(middle, to, node));
        }
        else
        {
            Subproof(size, middle, to, false, node, proof);
            proof.Add(Root(from, middle, node));
        }
    }

    private static byte[] Root(long from, long to, NodeAt node)
    {
        var size = to - from;
        if (BitOperations.IsPow2(size))
        {
            var level = BitOperations.Log2((ulong)size);
            return node(level, from >> level);
        }
        var middle = from + Split(size);
        return MerkleHash.Node(Root(from, middle, node), Root(middle, to, node));
    }

    /// <summary>The largest power of two below <paramref name="size"/>, which is at least 2.</summary>
    private static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
