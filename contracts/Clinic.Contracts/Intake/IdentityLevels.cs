namespace Clinic.Contracts.Intake;

/// <summary>
/// How well a client's identity is known. Source: NIST SP 800-63A-4, section 2. Ordered: a higher level includes every lower one.
/// </summary>
public static class IdentityLevels
{
    /// <summary>Self-asserted.</summary>
    public const string None = "none";

    /// <summary>Core attributes were validated.</summary>
    public const string Ial1 = "ial1";

    /// <summary>Stronger evidence was verified.</summary>
    public const string Ial2 = "ial2";

    /// <summary>Attended by a trained person.</summary>
    public const string Ial3 = "ial3";

    public static IReadOnlyList<string> All { get; } = [None, Ial1, Ial2, Ial3];

    /// <summary>True when <paramref name="level"/> is <paramref name="required"/> or higher; an unknown level satisfies nothing.</summary>
    public static bool Satisfies(string? level, string required)
    {
        var ranks = All.ToList();
        return ranks.IndexOf(level ?? None) is >= 0 and var rank && ranks.IndexOf(required) is >= 0 and var least && rank >= least;
    }

    /// <summary>What a category of care asks for unless the clinic has configured another level.</summary>
    /// <param name="category">One of <see cref="CareCategories"/>; an unknown one asks for the highest level.</param>
    public static string DefaultFor(string category) => category switch
    {
        CareCategories.Education or CareCategories.SelfGuided => None,
        CareCategories.PeerSupported => Ial1,
        CareCategories.TherapistSupported => Ial2,
        _ => Ial3
    };
}

/// <summary>How an identity is proofed. Source: NIST SP 800-63A-4, section 2.1.3.</summary>
public static class ProofingMethods
{
    public const string RemoteUnattended = "remote-unattended";
    public const string RemoteAttended = "remote-attended";
    public const string OnsiteUnattended = "onsite-unattended";
    public const string OnsiteAttended = "onsite-attended";
    public static IReadOnlyList<string> All { get; } = [RemoteUnattended, RemoteAttended, OnsiteUnattended, OnsiteAttended];

    /// <summary>A trained person takes part.</summary>
    public static bool IsAttended(string method) => method is RemoteAttended or OnsiteAttended;
}
