using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Clinic.SystemTests.Running;

/// <summary>Who calls over HTTP.</summary>
public sealed record Person(string Id, string Role, string Tenant = Person.North)
{
    public const string North = "north";
    public const string South = "south";

    public static Person Auditor(string tenant = North) => new("aud-1", "auditor", tenant);

    public static Person Operator(string tenant = North) => new("op-1", "operator", tenant);

    public static Person Therapist(string id, string tenant = North) => new(id, "therapist", tenant);

    /// <summary>A clinic system, with the name the broker knows it by.</summary>
    public static Person System(string busUser) => new(busUser, "clinic-system", busUser.Split('.')[0]);
}

/// <summary>Mints tokens with the development key, as an identity authority would: here by hand, to need nothing of the services.</summary>
public sealed class Tokens : IDisposable
{
    private readonly ECDsa key = ECDsa.Create();

    public Tokens(string privateKeyPem) => key.ImportFromPem(privateKeyPem);

    public string For(Person person)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var signed = Encode(new { alg = "ES256", typ = "at+jwt" }) + "." + Encode(new
        {
            iss = "https://clinic.local/dev",
            aud = "clinic",
            sub = person.Id,
            role = person.Role,
            tenant = person.Tenant,
            iat = now,
            nbf = now - 5,
            exp = now + 600,
            jti = Guid.NewGuid()
        });
        return signed + "." + Base64Url(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    public void Dispose() => key.Dispose();

    private static string Encode(object part) => Base64Url(JsonSerializer.SerializeToUtf8Bytes(part));

    private static string Base64Url(byte[] bytes) => global::System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
