namespace Clinic.Feedback.Domain;

/// <summary>Somewhere to turn to at once.</summary>
/// <param name="Kind"><c>emergency</c>, <c>crisis-line</c> or <c>directory</c>.</param>
/// <param name="Contact">A telephone number, or an address on the web.</param>
public sealed record CrisisNumber(string Kind, string Contact);

/// <summary>
/// Crisis numbers by country. Where the location is unknown, or not in the list, the fallback applies: nobody is left without one.
/// </summary>
public static class CrisisNumbers
{
    /// <summary>User-assigned in ISO 3166-1, and so never a country's code: the location is unknown.</summary>
    public const string Unknown = "ZZ";

    // from memory: the clinic's safety owner confirms them before use (docs/clinical-assumptions.md)
    private static readonly Dictionary<string, CrisisNumber[]> ByCountry = new(StringComparer.Ordinal)
    {
        ["AU"] = [new("emergency", "000"), new("crisis-line", "13 11 14")],
        ["CA"] = [new("emergency", "911"), new("crisis-line", "988")],
        ["DE"] = [new("emergency", "112"), new("crisis-line", "0800 111 0 111")],
        ["FR"] = [new("emergency", "112"), new("crisis-line", "3114")],
        ["GB"] = [new("emergency", "999"), new("crisis-line", "116 123"), new("crisis-line", "111")],
        ["IE"] = [new("emergency", "112"), new("crisis-line", "116 123")],
        ["NL"] = [new("emergency", "112"), new("crisis-line", "113")],
        ["NZ"] = [new("emergency", "111"), new("crisis-line", "1737")],
        ["US"] = [new("emergency", "911"), new("crisis-line", "988")]
    };

    private static readonly CrisisNumber[] Fallback = [new("emergency", "112"), new("directory", "https://findahelpline.com")];

    /// <summary>The country in the list that a location lies in, else <see cref="Unknown"/>.</summary>
    /// <param name="location">ISO 3166-1 or -2 code, for example <c>US-OR</c>; null when unknown.</param>
    public static string CountryOf(string? location) =>
        location is { Length: >= 2 } && (location.Length == 2 || location[2] == '-') && ByCountry.ContainsKey(location[..2]) ? location[..2] : Unknown;

    /// <summary>The numbers for a location, never none.</summary>
    public static IReadOnlyList<CrisisNumber> At(string? location) => ByCountry.GetValueOrDefault(CountryOf(location)) ?? Fallback;
}
