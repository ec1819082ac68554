using System.Security.Cryptography;
using Clinic.EventLog;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace Clinic.Hosting;

/// <summary>Bearer tokens from an identity authority; in Development from a local key.</summary>
public static class Auth
{
    public const string Audience = "clinic";
    private const string DevelopmentIssuer = "https://clinic.local/dev";

    /// <exception cref="InvalidOperationException">Outside Development without <c>Auth__Authority</c>.</exception>
    public static void AddClinicAuth(this WebApplicationBuilder builder)
    {
        var authority = builder.Configuration["Auth:Authority"];
        var keyFile = builder.Configuration["Auth:PublicKeyFile"];
        if (authority is null && !builder.Environment.IsDevelopment())
            throw new InvalidOperationException("Auth__Authority is missing: outside Development tokens come from an identity authority");
        if (authority is null && keyFile is null) throw new InvalidOperationException("Auth__Authority or, in Development, Auth__PublicKeyFile is missing");

        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidAudience = Audience,
                ValidAlgorithms = ["ES256", "PS256", "RS256"],
                ValidTypes = ["at+jwt", "JWT"],
                ClockSkew = TimeSpan.FromSeconds(30),
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                NameClaimType = "sub",
                RoleClaimType = "role"
            };
            if (authority is not null)
            {
                options.Authority = authority;
                return;
            }
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(keyFile!));
            options.TokenValidationParameters.ValidIssuer = DevelopmentIssuer;
            options.TokenValidationParameters.IssuerSigningKey = new ECDsaSecurityKey(key);
        });
        // nothing is open unless it says so
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
