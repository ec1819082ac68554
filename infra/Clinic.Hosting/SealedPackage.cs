using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Clinic.Hosting;

/// <summary>
/// Encrypts to somebody else's public key: JWE in compact form (RFC 7516), <c>A256GCM</c> with <c>ECDH-ES</c> on P-256 or
/// <c>RSA-OAEP-256</c>. Who asked and what it answers enter as <c>apu</c> and <c>apv</c>.
/// </summary>
public static class SealedPackage
{
    /// <summary>Media type of what <see cref="Seal"/> returns.</summary>
    public const string ContentType = "application/jose";

    private const string Encryption = "A256GCM";

    /// <summary>Whether packages can be encrypted to a key: one public JWK, EC on P-256 or RSA of at least 2048 bits.</summary>
    public static bool Takes(string jwk)
    {
        try
        {
            using var key = JsonDocument.Parse(jwk);
            if (Text(key, "kty") == "RSA")
            {
                using var rsa = Rsa(key);
                return rsa.KeySize >= 2048;
            }
            using var point = Ec(key);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or CryptographicException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    /// <param name="jwk">The recipient's public key, one that <see cref="Takes"/> has taken.</param>
    /// <param name="contentType">Of the plaintext.</param>
    public static byte[] Seal(string jwk, ReadOnlySpan<byte> plain, string from, string to, string contentType)
    {
        using var key = JsonDocument.Parse(jwk);
        var kid = key.RootElement.TryGetProperty("kid", out var id) ? id.GetString() : null;
        return Text(key, "kty") == "RSA" ? SealRsa(key, kid, plain, contentType) : SealEc(key, kid, plain, from, to, contentType);
    }

    private static byte[] SealEc(JsonDocument key, string? kid, ReadOnlySpan<byte> plain, string from, string to, string contentType)
    {
        using var recipient = Ec(key);
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = own.ExportParameters(includePrivateParameters: false).Q;
        var header = Header("ECDH-ES", kid, contentType, new Dictionary<string, object>
        {
            ["epk"] = new { kty = "EC", crv = "P-256", x = Base64Url.EncodeToString(point.X!), y = Base64Url.EncodeToString(point.Y!) },
            ["apu"] = Encode(Encoding.UTF8.GetBytes(from)),
            ["apv"] = Encode(Encoding.UTF8.GetBytes(to))
        });
        return Encrypt(header, "", SealingKey.Agree(own, recipient.PublicKey, Encryption, from, to, 256), plain);
    }

    private static byte[] SealRsa(JsonDocument key, string? kid, ReadOnlySpan<byte> plain, string contentType)
    {
        using var recipient = Rsa(key);
        var secret = RandomNumberGenerator.GetBytes(32);
        return Encrypt(Header("RSA-OAEP-256", kid, contentType, []), Encode(recipient.Encrypt(secret, RSAEncryptionPadding.OaepSHA256)), secret, plain);
    }

    private static string Header(string algorithm, string? kid, string contentType, Dictionary<string, object> more)
    {
        var header = new Dictionary<string, object> { ["alg"] = algorithm, ["enc"] = Encryption, ["cty"] = contentType };
        if (kid is not null) header["kid"] = kid;
        foreach (var (name, value) in more) header[name] = value;
        return Encode(JsonSerializer.SerializeToUtf8Bytes(header));
    }

    private static byte[] Encrypt(string header, string wrapped, byte[] secret, ReadOnlySpan<byte> plain)
    {
        var (nonce, cipher, tag) = (RandomNumberGenerator.GetBytes(12), new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(secret, tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.ASCII.GetBytes(header));
        return Encoding.ASCII.GetBytes($"{header}.{wrapped}.{Encode(nonce)}.{Encode(cipher)}.{Encode(tag)}");
    }

    private static ECDiffieHellman Ec(JsonDocument key) => Text(key, "kty") == "EC" && Text(key, "crv") == "P-256"
        // a point that is not on the curve is refused here
        ? ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") } })
        : throw new FormatException("EC keys are on P-256");

    private static RSA Rsa(JsonDocument key) => RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") });

    private static string? Text(JsonDocument key, string name) => key.RootElement.GetProperty(name).GetString();

    private static byte[] Bytes(JsonDocument key, string name) => Base64Url.DecodeFromChars(Text(key, name));

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
