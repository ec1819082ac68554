using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Clinic.Cli.Tokens;

/// <summary>Who a token speaks for.</summary>
public sealed record Caller(string Subject, string Role, string Tenant);

/// <summary>Tokens as the services accept them in Development: the shape a real authority would issue, another key.</summary>
public static class DevelopmentToken
{
    public const string Issuer = "https://clinic.local/dev";
    public const string Audience = "clinic";

    public static string Mint(string privateKeyPem, Caller caller, TimeSpan life, DateTimeOffset now)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(privateKeyPem);
        // no cached provider: it would outlive the key
        var security = new ECDsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + life).UtcDateTime,
            SigningCredentials = new SigningCredentials(security, SecurityAlgorithms.EcdsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = caller.Subject,
                ["role"] = caller.Role,
                ["tenant"] = caller.Tenant,
                ["jti"] = Guid.NewGuid().ToString(),
                // as if the person had just logged in with a second factor: step-up rules can be tried without an authority
                ["acr"] = "aal2",
                ["auth_time"] = now.ToUnixTimeSeconds(),
            },
        });
    }
}
