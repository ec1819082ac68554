namespace Clinic.Intake.Domain;

/// <summary>Where a licence lets its holder practise: the client's physical location counts, not the practitioner's.</summary>
public static class Jurisdictions
{
    /// <summary>The compact among psychologists of the United States.</summary>
    public const string Psypact = "psypact";

    /// <summary>What its directory must list beside the home licence.</summary>
    public static IReadOnlyList<string> PsypactCredentials { get; } = ["apit", "e-passport"];

    /// <summary>True when <paramref name="licence"/> reaches a place; the licence of a country reaches its subdivisions, never the other way round.</summary>
    /// <param name="place">ISO 3166-1 or -2 code.</param>
    public static bool Cover(LicenceVerified licence, string place) =>
        Contains(licence.Jurisdiction, place) || (licence.Compact is { } compact && compact.Jurisdictions.Any(member => Contains(member, place)));

    private static bool Contains(string jurisdiction, string place) =>
        place == jurisdiction || place.StartsWith(jurisdiction + "-", StringComparison.Ordinal);
}
