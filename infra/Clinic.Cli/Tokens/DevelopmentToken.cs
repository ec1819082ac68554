using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Clinic.Cli.Tokens;

/// <summary>Who a token speaks for, and how that person has logged in.</summary>
/// <param name="Acr">Authentication context class; null leaves it out.</param>
/// <param name="AuthenticatedAgo">How long ago the login was.</param>
/// <param name="Audience">Services the token is for; null for every one.</param>
public sealed record Caller(
    string Subject, string Role, string Tenant, string? Acr = DevelopmentToken.Strong, TimeSpan AuthenticatedAgo = default, IReadOnlyList<string>? Audience = null);

/// <summary>Tokens as the services accept them in Development: the shape a real authority would issue, another key.</summary>
public static class DevelopmentToken
{
    public const string Issuer = "https://clinic.local/dev";

    /// <summary>A login with a second factor, as the services ask for before a step-up.</summary>
    public const string Strong = "aal2";

    /// <summary>Every service: with one token the whole system can be tried.</summary>
    public static readonly IReadOnlyList<string> Everyone = ["intake", "consent", "session", "feedback", "audit"];

    public static string Mint(string privateKeyPem, Caller caller, TimeSpan life, DateTimeOffset now)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(privateKeyPem);
        var claims = new Dictionary<string, object>
        {
            ["aud"] = caller.Audience ?? Everyone,
            ["sub"] = caller.Subject,
            ["role"] = caller.Role,
            ["tenant"] = caller.Tenant,
            ["jti"] = Guid.NewGuid().ToString(),
            ["auth_time"] = (now - caller.AuthenticatedAgo).ToUnixTimeSeconds(),
        };
        if (caller.Acr is not null) claims["acr"] = caller.Acr;
        // no cached provider: it would outlive the key
        var security = new ECDsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + life).UtcDateTime,
            SigningCredentials = new SigningCredentials(security, SecurityAlgorithms.EcdsaSha256),
            Claims = claims,
        });
    }
}
