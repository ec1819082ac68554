using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests.Running;

/// <summary>What another clinic does with a package: opens the JWE with its own key, written from RFC 7516 and 7518 alone.</summary>
public sealed class RecipientKey : IDisposable
{
    /// <summary>Of every recipient that a test does not look at.</summary>
    public static RecipientKey Shared { get; } = new();

    private readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public string Jwk
    {
        get
        {
            var q = key.ExportParameters(false).Q;
            return $$"""{"kty":"EC","crv":"P-256","kid":"harbour-1","x":"{{Base64Url.EncodeToString(q.X!)}}","y":"{{Base64Url.EncodeToString(q.Y!)}}"}""";
        }
    }

    /// <summary>PKCS #8, for programs that open packages themselves.</summary>
    public string Pem => key.ExportPkcs8PrivateKeyPem();

    public byte[] Open(string jwe)
    {
        var parts = jwe.Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
        (header["alg"]!.GetValue<string>(), header["enc"]!.GetValue<string>(), header["kid"]!.GetValue<string>()).ShouldBe(("ECDH-ES", "A256GCM", "harbour-1"));
        byte[] Part(string name) => Base64Url.DecodeFromChars(header[name]!.GetValue<string>());
        byte[] Coordinate(string name) => Base64Url.DecodeFromChars(header["epk"]![name]!.GetValue<string>());
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Coordinate("x"), Y = Coordinate("y") } });
        static byte[] Sized(byte[] bytes) => [0, 0, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
        var secret = key.DeriveKeyFromHash(other.PublicKey, HashAlgorithmName.SHA256, [0, 0, 0, 1],
            [.. Sized(Encoding.ASCII.GetBytes("A256GCM")), .. Sized(Part("apu")), .. Sized(Part("apv")), 0, 0, 1, 0]);
        var cipher = Base64Url.DecodeFromChars(parts[3]);
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(secret, 16);
        aes.Decrypt(Base64Url.DecodeFromChars(parts[2]), cipher, Base64Url.DecodeFromChars(parts[4]), plain, Encoding.ASCII.GetBytes(parts[0]));
        return plain;
    }

    public void Dispose() => key.Dispose();
}
