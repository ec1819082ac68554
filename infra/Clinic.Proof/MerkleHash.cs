using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Clinic.Proof;

/// <summary>The hashes of an RFC 6962 tree (section 2.1), over SHA-256.</summary>
public static class MerkleHash
{
    /// <summary>Bytes of every hash.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of a tree without leaves.</summary>
    public static byte[] Empty { get; } = SHA256.HashData([]);

    /// <summary>A leaf over any data.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> data)
    {
        var bytes = data.Length < 256 ? stackalloc byte[1 + data.Length] : new byte[1 + data.Length];
        bytes[0] = LeafPrefix;
        data.CopyTo(bytes[1..]);
        return SHA256.HashData(bytes);
    }

    /// <summary>Reads a hash in base64.</summary>
    /// <exception cref="FormatException">It is not one, in its one spelling.</exception>
    public static byte[] Parse(string base64) => StrictBase64.Hash(base64, "a hash");

    /// <summary>The hash above two hashes.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> bytes = stackalloc byte[1 + left.Length + right.Length];
        bytes[0] = NodePrefix;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + left.Length)..]);
        return SHA256.HashData(bytes);
    }
}

/// <summary>What the log of a service commits to for each event: its number and its hash, nothing that tells of a person.</summary>
/// <param name="SeqId">The event's <c>seq_id</c>: with it in the leaf, gaps in the sequence are as provable as events.</param>
/// <param name="EventHash">SHA-256 of the event's canonical form.</param>
public readonly record struct LogEntry(long SeqId, byte[] EventHash)
{
    /// <summary>Bytes of an entry.</summary>
    public const int Size = 8 + MerkleHash.Size;

    /// <summary>be64(seq_id) ‖ event_hash.</summary>
    public byte[] Bytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, SeqId);
        EventHash.CopyTo(bytes, 8);
        return bytes;
    }

    /// <summary>The leaf hash of this entry.</summary>
    public byte[] Leaf() => MerkleHash.Leaf(Bytes());

    /// <summary>Reads an entry back.</summary>
    /// <exception cref="FormatException">It is not 40 bytes long.</exception>
    public static LogEntry Parse(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new LogEntry(BinaryPrimitives.ReadInt64BigEndian(bytes), bytes[8..].ToArray())
        : throw new FormatException($"a log entry has {Size} bytes, not {bytes.Length}");
}
