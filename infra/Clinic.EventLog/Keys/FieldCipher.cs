using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Clinic.Contracts;

namespace Clinic.EventLog.Keys;

/// <summary>Where an encrypted value stands; it opens nowhere else.</summary>
/// <param name="Member">JSON name of the event's member.</param>
public readonly record struct FieldPlace(string Tenant, string Stream, Guid EventId, string Member);

/// <summary>
/// Encrypts one member: AES-256-GCM with a random nonce and a key derived for that one place, so that the key of a member can be
/// revealed as evidence without revealing any other. Text form <c>~enc1.{data key id}.{nonce, ciphertext, tag}</c>, base64url.
/// Pinned by tests/Contracts/golden/field-cipher.v1.json.
/// </summary>
public static class FieldCipher
{
    private const byte Version = 1;
    private const int Nonce = 12;
    private const int Tag = 16;
    private const int Block = 32;
    private const int IdLength = 22;

    /// <summary>Encrypts a value's JSON.</summary>
    public static string Seal(ReadOnlySpan<byte> json, Guid keyId, ReadOnlySpan<byte> dataKey, FieldPlace place) =>
        Seal(json, keyId, dataKey, place, RandomNumberGenerator.GetBytes(Nonce));

    internal static string Seal(ReadOnlySpan<byte> json, Guid keyId, ReadOnlySpan<byte> dataKey, FieldPlace place, ReadOnlySpan<byte> nonce)
    {
        // yes and no must not be told apart by their length: spaces after JSON mean nothing
        Span<byte> plain = new byte[(json.Length + Block - 1) / Block * Block];
        plain.Fill((byte)' ');
        json.CopyTo(plain);
        var sealedBytes = new byte[Nonce + plain.Length + Tag];
        nonce.CopyTo(sealedBytes);
        var bound = Bound(place, keyId);
        using var aes = new AesGcm(FieldKey(dataKey, bound), Tag);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(Nonce, plain.Length), sealedBytes.AsSpan(Nonce + plain.Length), bound);
        CryptographicOperations.ZeroMemory(plain);
        return $"{IPersonal.Prefix}{Base64Url.EncodeToString(keyId.ToByteArray(bigEndian: true))}.{Base64Url.EncodeToString(sealedBytes)}";
    }

    /// <summary>Decrypts to the value's JSON.</summary>
    /// <exception cref="IntegrityException">It was changed, or stood somewhere else.</exception>
    public static byte[] Open(string text, ReadOnlySpan<byte> dataKey, FieldPlace place)
    {
        var keyId = KeyOf(text);
        try
        {
            var bytes = Base64Url.DecodeFromChars(text.AsSpan(IPersonal.Prefix.Length + IdLength + 1));
            var plain = new byte[bytes.Length - Nonce - Tag];
            var bound = Bound(place, keyId);
            using var aes = new AesGcm(FieldKey(dataKey, bound), Tag);
            aes.Decrypt(bytes.AsSpan(0, Nonce), bytes.AsSpan(Nonce, plain.Length), bytes.AsSpan(Nonce + plain.Length), plain, bound);
            return plain;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException or OverflowException)
        {
            throw new IntegrityException($"event {place.EventId}: member '{place.Member}' was not encrypted for this place");
        }
    }

    /// <summary>True for a text this class made.</summary>
    public static bool IsSealed(string text) => text.StartsWith(IPersonal.Prefix, StringComparison.Ordinal);

    /// <summary>Which data key a text names.</summary>
    /// <exception cref="IntegrityException">It is no encrypted text.</exception>
    public static Guid KeyOf(string text)
    {
        Span<byte> id = stackalloc byte[16];
        var start = IPersonal.Prefix.Length;
        if (!IsSealed(text) || text.Length <= start + IdLength || text[start + IdLength] != '.'
            || !Base64Url.TryDecodeFromChars(text.AsSpan(start, IdLength), id, out var written) || written != 16)
            throw new IntegrityException("an encrypted member is not in the form it was stored in");
        return new Guid(id, bigEndian: true);
    }

    /// <summary>The key of one member of one event: all that evidence for it reveals.</summary>
    public static byte[] FieldKey(ReadOnlySpan<byte> dataKey, FieldPlace place, Guid keyId) => FieldKey(dataKey, Bound(place, keyId));

    private static byte[] FieldKey(ReadOnlySpan<byte> dataKey, byte[] bound)
    {
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, key, salt: [], info: bound);
        return key;
    }

    /// <summary>Version and each part behind its length: no two places have the same bytes.</summary>
    private static byte[] Bound(FieldPlace place, Guid keyId)
    {
        string[] parts = [place.Tenant, place.Stream, place.EventId.ToString(), place.Member, keyId.ToString()];
        var bytes = new byte[1 + parts.Sum(part => 2 + Encoding.UTF8.GetByteCount(part))];
        bytes[0] = Version;
        var at = 1;
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, bytes.AsSpan(at + 2));
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), checked((ushort)length));
            at += 2 + length;
        }
        return bytes;
    }
}
