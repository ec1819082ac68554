using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Clinic.Proof;

/// <summary>How a key signs notes.</summary>
public enum SignatureKind
{
    /// <summary>ECDSA P-256 over the text: signature type 0x02 of C2SP signed-note. For logs.</summary>
    Signature,

    /// <summary>
    /// As C2SP tlog-cosignature, over <c>cosignature/v1</c>, the time and the text, with ECDSA P-256 in place of Ed25519, which
    /// the base class library lacks; signature type 0xff (docs/adr/0021). For witnesses.
    /// </summary>
    Cosignature
}

/// <summary>A public key that is believed, in the form <c>name+key id+base64(type ‖ key)</c> (C2SP signed-note, verifier keys).</summary>
public sealed class VerifierKey
{
    private const byte EcdsaType = 0x02;
    private const byte OtherType = 0xff;
    private const string P256 = "1.2.840.10045.3.1.7";
    private static readonly byte[] CosignatureId = Encoding.ASCII.GetBytes("ecdsa-p256-cosignature/v1\n");

    private readonly byte[] publicKey;
    private readonly ECDsa key = ECDsa.Create();

    /// <param name="name">Who signs: for a log its origin.</param>
    /// <param name="publicKey">SubjectPublicKeyInfo in DER.</param>
    /// <exception cref="FormatException">The name or the key cannot be used.</exception>
    public VerifierKey(string name, SignatureKind kind, byte[] publicKey)
    {
        if (!SignedNote.IsName(name)) throw new FormatException("a key name is not empty and has no spaces and no plus signs");
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            if (read != publicKey.Length || key.ExportParameters(false).Curve.Oid.Value != P256) throw new FormatException($"the key of {name} is not on P-256");
        }
        catch (CryptographicException)
        {
            throw new FormatException($"the key of {name} is not a public key");
        }
        (Name, Kind, this.publicKey) = (name, kind, publicKey);
        // type 0x02 takes its id from the key alone (signed-note); the name is compared beside it
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(kind == SignatureKind.Signature
            ? publicKey
            : [.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. Material()]));
    }

    /// <summary>Whose key it is.</summary>
    public string Name { get; }

    public SignatureKind Kind { get; }

    /// <summary>The first four bytes of a hash: finds the key, proves nothing.</summary>
    public uint KeyId { get; }

    /// <summary>SHA-256 of the public key, for comparing by telephone.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(publicKey));

    /// <summary>Reads a verifier key.</summary>
    /// <exception cref="FormatException">It is not one, or its id does not belong to it.</exception>
    public static VerifierKey Parse(string text)
    {
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || parts[1].Length != 8) throw new FormatException("a verifier key is name+id+key");
        var material = StrictBase64.Decode(parts[2], "the key");
        var key = material switch
        {
            [EcdsaType, ..] => new VerifierKey(parts[0], SignatureKind.Signature, material[1..]),
            [OtherType, .. var rest] when rest.AsSpan().StartsWith(CosignatureId) => new VerifierKey(parts[0], SignatureKind.Cosignature, rest[CosignatureId.Length..]),
            _ => throw new FormatException($"the key of {parts[0]} is of a kind this program does not know")
        };
        return $"{key.KeyId:x8}" == parts[1] ? key : throw new FormatException($"the id of the key of {parts[0]} does not belong to it");
    }

    /// <summary>The same key under another name: a log keeps its key when a restore gives it a new epoch.</summary>
    public VerifierKey Named(string name) => name == Name ? this : new VerifierKey(name, Kind, publicKey);

    public override string ToString() => $"{Name}+{KeyId:x8}+{Convert.ToBase64String(Material())}";

    /// <summary>The signature, when it holds over the text; null when it does not.</summary>
    internal VerifiedSignature? Check(string text, byte[] signature)
    {
        if (Kind == SignatureKind.Signature) return Holds(Encoding.UTF8.GetBytes(text), signature) ? new VerifiedSignature(this, null) : null;
        if (signature.Length < 8 || BinaryPrimitives.ReadInt64BigEndian(signature) is var seconds && seconds is < 0 or > MaxSeconds) return null;
        return Holds(Cosigned(text, seconds), signature.AsSpan(8)) ? new VerifiedSignature(this, DateTimeOffset.FromUnixTimeSeconds(seconds)) : null;
    }

    /// <summary>What a cosigner signs: that at this time the text was the largest it had seen.</summary>
    internal static byte[] Cosigned(string text, long seconds) => Encoding.UTF8.GetBytes($"cosignature/v1\ntime {seconds}\n{text}");

    // the end of the year 9999
    private const long MaxSeconds = 253_402_300_799;

    private byte[] Material() => Kind == SignatureKind.Signature ? [EcdsaType, .. publicKey] : [OtherType, .. CosignatureId, .. publicKey];

    private bool Holds(byte[] message, ReadOnlySpan<byte> signature)
    {
        // an ECDsa object is not promised to serve two threads
        lock (key) return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
