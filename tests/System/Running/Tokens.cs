using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests.Running;

/// <summary>Mints tokens as an identity authority would, and as none would: here by hand, to need nothing of the services.</summary>
public sealed class Tokens : IDisposable
{
    public const string Issuer = "https://clinic.local/dev";

    private readonly ECDsa key = ECDsa.Create();

    public Tokens(string privateKeyPem) => key.ImportFromPem(privateKeyPem);

    /// <param name="change">What is different from a good token's claims.</param>
    /// <param name="header">What is different from a good token's header.</param>
    /// <param name="sign">How the bytes are signed; null for the right way.</param>
    public string For(Person person, Action<JsonObject>? change = null, Action<JsonObject>? header = null, Func<byte[], byte[]>? sign = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var head = new JsonObject { ["alg"] = "ES256", ["typ"] = "at+jwt" };
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = new JsonArray([.. RunningClinic.Names.Select(name => (JsonNode)name)]),
            ["sub"] = person.Subject,
            ["role"] = person.Role,
            ["tenant"] = person.Tenant,
            ["iat"] = now,
            ["nbf"] = now - 5,
            ["exp"] = now + 600,
            ["acr"] = "aal2",
            ["auth_time"] = now,
            ["jti"] = Guid.NewGuid().ToString()
        };
        header?.Invoke(head);
        change?.Invoke(claims);
        var signed = Encode(head) + "." + Encode(claims);
        return signed + "." + Base64Url((sign ?? Sign)(Encoding.ASCII.GetBytes(signed)));
    }

    public void Dispose() => key.Dispose();

    private byte[] Sign(byte[] bytes) => key.SignData(bytes, HashAlgorithmName.SHA256);

    private static string Encode(JsonNode part) => Base64Url(Encoding.UTF8.GetBytes(part.ToJsonString(new JsonSerializerOptions())));

    internal static string Base64Url(byte[] bytes) => global::System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
