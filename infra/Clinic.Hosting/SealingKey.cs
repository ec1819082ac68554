using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Clinic.Hosting;

/// <summary>
/// A service's own key for commands that no queue may hold in clear: JWE in compact form, <c>ECDH-ES</c> on P-256 with
/// <c>A256GCM</c> (RFC 7516, RFC 7518 section 4.6). The header's <c>apu</c> and <c>apv</c> must be the bus user and the contract it
/// was made for: both enter the key, so nobody can send another's sealed command as his own, or as another command.
/// </summary>
public sealed class SealingKey : IDisposable
{
    /// <summary>The content type of a sealed body: <c>{"jwe":"…"}</c>.</summary>
    public const string ContentType = "application/jose+json";

    private const string Algorithm = "ECDH-ES", Encryption = "A256GCM";
    private const int KeyBits = 256;
    private readonly ECDiffieHellman key = ECDiffieHellman.Create();

    /// <param name="pem">PKCS#8, P-256.</param>
    public SealingKey(string pem)
    {
        key.ImportFromPem(pem);
        var (x, y) = Coordinates();
        // RFC 7638
        KeyId = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
    }

    /// <summary>The thumbprint of the public key.</summary>
    public string KeyId { get; }

    /// <summary>What senders need, as a JWK set.</summary>
    public object PublicKeys
    {
        get
        {
            var (x, y) = Coordinates();
            return new { keys = new[] { new { kty = "EC", crv = "P-256", x, y, kid = KeyId, use = "enc", alg = Algorithm } } };
        }
    }

    /// <summary>Whether a body names this key. One that names none is for the key in use.</summary>
    public bool Opens(ReadOnlySpan<byte> body)
    {
        try
        {
            var jwe = JsonSerializer.Deserialize<Envelope>(body, Strict)!.Jwe;
            return JsonSerializer.Deserialize<Header>(Base64Url.DecodeFromChars(jwe.AsSpan(0, jwe.IndexOf('.'))), Loose)!.Kid == KeyId;
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or NullReferenceException)
        {
            return false;
        }
    }

    /// <summary>The plaintext of a body that is <c>{"jwe":"…"}</c>.</summary>
    /// <exception cref="MalformedException">Not in that form, for another key, sender or contract, or altered. Never says which byte.</exception>
    public byte[] Open(ReadOnlySpan<byte> body, string sender, string contract)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<Envelope>(body, Strict)!.Jwe.Split('.');
            if (parts is not [_, "", _, _, _]) throw Refused("it has no five parts, the second empty");
            var header = JsonSerializer.Deserialize<Header>(Base64Url.DecodeFromChars(parts[0]), Loose)!;
            if (header is not { Alg: Algorithm, Enc: Encryption, Epk: { Kty: "EC", Crv: "P-256" } point })
                throw Refused($"its header is not {Algorithm} on P-256 with {Encryption}");
            if (header.Zip is not null || header.Crit is not null) throw Refused("zip and crit are not understood");
            if (header.Kid is not null && header.Kid != KeyId) throw Refused("it is sealed to another key; fetch /.well-known/jwks.json again");
            if (header.Apu != Encode(sender) || header.Apv != Encode(contract)) throw Refused("apu must be its sender and apv its contract");
            using var ephemeral = Public(point);
            var secret = Agree(key, ephemeral.PublicKey, Encryption, sender, contract, KeyBits);
            var (nonce, cipher, tag) = (Base64Url.DecodeFromChars(parts[2]), Base64Url.DecodeFromChars(parts[3]), Base64Url.DecodeFromChars(parts[4]));
            // a shorter tag would be a weaker one
            if (nonce.Length != 12 || tag.Length != 16) throw Refused("it needs a nonce of 96 and a tag of 128 bits");
            var plain = new byte[cipher.Length];
            using var aes = new AesGcm(secret, 16);
            aes.Decrypt(nonce, cipher, tag, plain, Encoding.ASCII.GetBytes(parts[0]));
            return plain;
        }
        catch (Exception e) when (e is JsonException or FormatException or CryptographicException or ArgumentException or NullReferenceException)
        {
            throw Refused("it cannot be opened");
        }
    }

    /// <summary>The agreed key: one round of the Concat KDF, of at most 256 bits.</summary>
    public static byte[] Agree(ECDiffieHellman own, ECDiffieHellmanPublicKey other, string algorithm, string sender, string recipient, int bits) =>
        own.DeriveKeyFromHash(other, HashAlgorithmName.SHA256, [0, 0, 0, 1],
            [.. Prefixed(algorithm), .. Prefixed(sender), .. Prefixed(recipient), .. Number(bits)])[..(bits / 8)];

    public void Dispose() => key.Dispose();

    private static ECDiffieHellman Public(Jwk point) => ECDiffieHellman.Create(new ECParameters
    {
        // an invalid point is refused on import
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Base64Url.DecodeFromChars(point.X), Y = Base64Url.DecodeFromChars(point.Y) }
    });

    private (string X, string Y) Coordinates()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return (Base64Url.EncodeToString(point.X!), Base64Url.EncodeToString(point.Y!));
    }

    private static MalformedException Refused(string why) => new("jwe", $"'jwe' is refused: {why}.");

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static byte[] Prefixed(string text) => [.. Number(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static readonly JsonSerializerOptions Loose = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions Strict = new(Loose)
    { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    private sealed record Envelope(string Jwe);

    private sealed record Header(string Alg, string Enc, Jwk Epk, string Apu, string Apv, string? Kid = null, string? Zip = null, string[]? Crit = null);

    private sealed record Jwk(string Kty, string Crv, string X, string Y);
}
