using System.Security.Cryptography;
using Clinic.EventLog.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Clinic.Hosting;

/// <summary>
/// Permission for one owner of data to hand over exactly this, now (decision 9): signed by the service that decides on
/// disclosures, verified by the owner before it records the view and answers.
/// </summary>
/// <param name="Id">The disclosure it serves.</param>
/// <param name="Category">The one category the owner may answer with.</param>
/// <param name="From">First day of the period, inclusive.</param>
/// <param name="To">Last day of the period, inclusive.</param>
/// <param name="Labels">The only labels an item may carry to be handed over, separated by spaces; empty lets nothing labelled out.</param>
public sealed record SignedRelease(
    string Id, string Tenant, string ClientId, string RecipientId, string Purpose, string Category, DateOnly From, DateOnly To,
    string Labels = "")
{
    /// <summary>Whether an instant lies in the period, by UTC days.</summary>
    public bool Covers(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime) is var day && day >= From && day <= To;
}

/// <summary>Signs releases; only the deciding service holds the private key.</summary>
public sealed class ReleaseSigner
{
    internal const string Issuer = "clinic-release";
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(60);
    private readonly WatchedFile<ECDsaSecurityKey> key;

    /// <param name="privateKeyFile">Read again when it has changed: a rotation needs no restart.</param>
    public ReleaseSigner(string privateKeyFile)
    {
        key = new WatchedFile<ECDsaSecurityKey>(privateKeyFile, static pem =>
        {
            var read = ECDsa.Create();
            read.ImportFromPem(pem);
            return new ECDsaSecurityKey(read);
        });
        _ = key.Value;
    }

    /// <summary>A compact JWS (ES256) for one owner, valid for a minute.</summary>
    public string Sign(SignedRelease release, string owner, DateTimeOffset now) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = owner,
        IssuedAt = now.UtcDateTime,
        NotBefore = now.UtcDateTime,
        Expires = (now + Validity).UtcDateTime,
        Claims = new Dictionary<string, object>
        {
            ["jti"] = release.Id,
            ["tenant"] = release.Tenant,
            ["client"] = release.ClientId,
            ["recipient"] = release.RecipientId,
            ["purpose"] = release.Purpose,
            ["category"] = release.Category,
            ["from"] = release.From.ToString("O"),
            ["to"] = release.To.ToString("O"),
            ["labels"] = release.Labels
        },
        SigningCredentials = new SigningCredentials(key.Value, SecurityAlgorithms.EcdsaSha256)
    });
}

/// <summary>Verifies releases with the public keys.</summary>
public sealed class ReleaseVerifier(string publicKeyFile, string owner)
{
    private readonly VerificationKeys keys = new(publicKeyFile);

    /// <summary>The release, or null when it is not genuine, not for this owner, or over.</summary>
    public async Task<SignedRelease?> Verify(string token)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = ReleaseSigner.Issuer,
            ValidAudience = owner,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKeys = keys.All,
            ClockSkew = TimeSpan.FromSeconds(30),
            RequireExpirationTime = true
        });
        if (!result.IsValid) return null;
        string Claim(string name) => result.ClaimsIdentity.FindFirst(name)?.Value ?? "";
        return new SignedRelease(Claim("jti"), Claim("tenant"), Claim("client"), Claim("recipient"), Claim("purpose"), Claim("category"),
            DateOnly.Parse(Claim("from")), DateOnly.Parse(Claim("to")), Claim("labels"));
    }
}
