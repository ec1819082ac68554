using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Clinic.SystemTests.Abuse;

/// <summary>An identity authority with OpenID discovery and one key.</summary>
internal sealed class Authority : IAsyncDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly WebApplication app;
    private int asked;

    private Authority()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Issuer, jwks_uri = Issuer + "/keys" }));
        app.MapGet("/keys", () =>
        {
            Interlocked.Increment(ref asked);
            var point = key.ExportParameters(false).Q;
            return Results.Json(new
            {
                keys = new[] { new { kty = "EC", use = "sig", alg = "ES256", kid = "k1", crv = "P-256", x = Tokens.Base64Url(point.X!), y = Tokens.Base64Url(point.Y!) } }
            });
        });
    }

    /// <summary>How often somebody asked for the keys.</summary>
    public int Asked => asked;

    public string Issuer => app.Urls.First();

    public static async Task<Authority> Start()
    {
        var authority = new Authority();
        await authority.app.StartAsync();
        return authority;
    }

    /// <summary>A token as this authority issues it.</summary>
    public string Token(Tokens tokens, Person person, string kid = "k1", bool genuine = true)
    {
        var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return tokens.For(person, claims => claims["iss"] = Issuer, header => header["kid"] = kid,
            bytes => (genuine ? key : other).SignData(bytes, HashAlgorithmName.SHA256));
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }
}
