using Clinic.Hosting.Access;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace Clinic.Hosting;

/// <summary>
/// Access tokens (RFC 9068) from an identity authority; in Development from a local key. Settings:
/// <c>Auth__Authority</c> (issuer, exactly as in the tokens), <c>Auth__Audience</c> (default: the service's name),
/// <c>Auth__StepUpAcr</c> (accepted classes, separated by spaces; default aal2), <c>Auth__RequireHttps</c> (false in Development only).
/// </summary>
public static class Auth
{
    private const string DevelopmentIssuer = "https://clinic.local/dev";

    /// <summary>How often at most the authority is asked for keys because a token names one that is not known.</summary>
    private static readonly TimeSpan KeyRefresh = TimeSpan.FromSeconds(60);

    /// <exception cref="InvalidOperationException">Outside Development without <c>Auth__Authority</c>, or with what is for Development only.</exception>
    public static void AddClinicAuth(this WebApplicationBuilder builder, string service)
    {
        var configuration = builder.Configuration;
        var development = builder.Environment.IsDevelopment();
        var authority = Text(configuration, "Auth:Authority");
        var keyFile = Text(configuration, "Auth:PublicKeyFile");
        var https = !bool.TryParse(configuration["Auth:RequireHttps"], out var required) || required;
        if (authority is null && !development)
            throw new InvalidOperationException("Auth__Authority is missing: outside Development tokens come from an identity authority");
        if (keyFile is not null && !development) throw new InvalidOperationException("Auth__PublicKeyFile is for Development only, beside Auth__Authority, too");
        if (!https && !development) throw new InvalidOperationException("Auth__RequireHttps=false is for Development only, whatever Auth__Authority is");
        if (authority is null && keyFile is null) throw new InvalidOperationException("Auth__Authority or, in Development, Auth__PublicKeyFile is missing");

        builder.Services.AddSingleton(new StepUp((Text(configuration, "Auth:StepUpAcr") ?? "aal2").Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = authority ?? DevelopmentIssuer,
                ValidAudience = Text(configuration, "Auth:Audience") ?? service,
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256],
                // an ID token says who logged in, not that anything may be done
                ValidTypes = ["at+jwt", "application/at+jwt"],
                ClockSkew = TimeSpan.FromSeconds(30),
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                // keys come from the authority or the key file, never from the token
                TryAllIssuerSigningKeys = false,
                NameClaimType = "sub",
                RoleClaimType = "role"
            };
            if (authority is not null)
            {
                options.Authority = authority;
                options.RequireHttpsMetadata = https;
                options.RefreshInterval = KeyRefresh;
                return;
            }
            var keys = new VerificationKeys(keyFile!);
            options.TokenValidationParameters.TryAllIssuerSigningKeys = true;
            options.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, _, _) => keys.All;
        });
        // nothing is open unless it says so
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static string? Text(IConfiguration configuration, string key) => configuration[key] is { Length: > 0 } value ? value : null;
}
