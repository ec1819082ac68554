using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests.Running;

/// <summary>Seals a command as a clinic system would: from the RFCs, with nothing of the services' code.</summary>
public static class Seal
{
    public const string ContentType = "application/jose+json";

    /// <param name="change">What an attacker would change in the header before it is sealed.</param>
    public static byte[] For(JsonNode jwks, string sender, string contract, object command, Action<JsonObject>? change = null)
    {
        var jwk = jwks["keys"]![0]!;
        using var recipient = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Decode(jwk["x"]!), Y = Decode(jwk["y"]!) }
        });
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = ephemeral.ExportParameters(false).Q;
        var header = new JsonObject
        {
            ["alg"] = "ECDH-ES",
            ["enc"] = "A256GCM",
            ["kid"] = jwk["kid"]!.DeepClone(),
            ["epk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Encode(point.X!), ["y"] = Encode(point.Y!) },
            ["apu"] = Encode(Encoding.UTF8.GetBytes(sender)),
            ["apv"] = Encode(Encoding.UTF8.GetBytes(contract))
        };
        change?.Invoke(header);
        // RFC 7518 4.6.2: SHA-256 over round, Z, algorithm, parties and key length
        byte[] key = SHA256.HashData([.. Number(1), .. ephemeral.DeriveRawSecretAgreement(recipient.PublicKey), .. Part("A256GCM"), .. Part(sender), .. Part(contract), .. Number(256)]);
        var protectedHeader = Encode(JsonSerializer.SerializeToUtf8Bytes(header));
        var plain = JsonSerializer.SerializeToUtf8Bytes(command, Answer.Json);
        var (nonce, cipher, tag) = (RandomNumberGenerator.GetBytes(12), new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.ASCII.GetBytes(protectedHeader));
        return JsonSerializer.SerializeToUtf8Bytes(new { jwe = $"{protectedHeader}..{Encode(nonce)}.{Encode(cipher)}.{Encode(tag)}" });
    }

    private static byte[] Decode(JsonNode text) => Base64Url.DecodeFromChars(text.GetValue<string>());

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private static byte[] Part(string text) => [.. Number(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
