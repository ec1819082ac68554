using System.Globalization;
using System.Security.Claims;
using Clinic.Contracts;

namespace Clinic.Hosting.Access;

/// <summary>A strong and recent login, by the token's <c>acr</c> and <c>auth_time</c>: RFC 9470.</summary>
/// <param name="Acr">Accepted authentication context classes; the first is asked for.</param>
public sealed record StepUp(string[] Acr)
{
    /// <summary>How old a login may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>Whether somebody has logged in with two factors, however long ago; whom a system speaks for has not.</summary>
    public bool IsStrong(Actor actor) => actor is { Assurance: { } acr, OnBehalfOf: null } && Acr.Contains(acr);

    /// <exception cref="ChallengeException">The login is too weak or too long ago.</exception>
    public void Demand(ClaimsPrincipal user, DateTimeOffset now)
    {
        var seconds = long.TryParse(user.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
        var age = seconds is >= 0 and < 253_402_300_800 ? now - DateTimeOffset.FromUnixTimeSeconds(seconds) : TimeSpan.MaxValue;
        var strong = user.FindAll("acr").ToArray() is [var acr] && Acr.Contains(acr.Value);
        // whom a system speaks for has not logged in here
        if (strong && age <= MaxAge && age >= -Skew && !user.HasClaim(claim => claim.Type == "on_behalf_of")) return;
        throw new ChallengeException("insufficient_user_authentication", string.Create(CultureInfo.InvariantCulture,
            $"Bearer error=\"insufficient_user_authentication\", error_description=\"a recent strong login is needed\", acr_values=\"{string.Join(' ', Acr)}\", max_age={(int)MaxAge.TotalSeconds}"),
            "This needs a strong login not older than five minutes, of the person itself.");
    }
}
