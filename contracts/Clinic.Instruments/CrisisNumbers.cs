namespace Clinic.Instruments;

/// <summary>Somewhere to turn to at once.</summary>
/// <param name="Name">As it calls itself.</param>
/// <param name="Contact">A telephone number as dialled there, or an address on the web.</param>
/// <param name="Kind"><c>emergency</c>, <c>crisis-line</c> or <c>directory</c>.</param>
public sealed record CrisisNumber(string Name, string Contact, string Kind = CrisisNumber.CrisisLine)
{
    public const string Emergency = "emergency";
    public const string CrisisLine = "crisis-line";

    /// <summary>Where numbers are found; nothing to dial.</summary>
    public const string Directory = "directory";
}

/// <summary>
/// Whom to call where. Where the location is unknown, or not in the list, the fallback applies: nobody is left without one. The numbers
/// are from memory: a clinic confirms them, and gives its own instead where they are wrong (docs/clinical-assumptions.md).
/// </summary>
public static class CrisisNumbers
{
    /// <summary>User-assigned in ISO 3166-1, and so never a country's code: the location is unknown.</summary>
    public const string Unknown = "ZZ";

    /// <summary>A clinic's own numbers for every place that has none of its own.</summary>
    public const string Elsewhere = "default";

    private static readonly Dictionary<string, CrisisNumber[]> ByCountry = new(StringComparer.Ordinal)
    {
        ["AU"] = [Emergency("000"), new("Lifeline", "13 11 14")],
        ["CA"] = [Emergency("911"), new("Suicide Crisis Helpline", "988")],
        ["DE"] = [Emergency("112"), new("TelefonSeelsorge", "0800 1110111")],
        ["FR"] = [Emergency("112"), new("SAMU", "15", CrisisNumber.Emergency), new("Numéro national de prévention du suicide", "3114")],
        ["GB"] = [Emergency("999"), new("Samaritans", "116 123"), new("NHS", "111")],
        ["IE"] = [Emergency("112"), new("Samaritans", "116 123")],
        ["NL"] = [Emergency("112"), new("113 Zelfmoordpreventie", "113")],
        ["NZ"] = [Emergency("111"), new("1737", "1737")],
        ["US"] = [Emergency("911"), new("988 Suicide & Crisis Lifeline", "988")]
    };

    private static readonly CrisisNumber[] Fallback = [Emergency("112"), new("Find a Helpline", "https://findahelpline.com", CrisisNumber.Directory)];

    /// <summary>The country in the list that a location lies in, else <see cref="Unknown"/>.</summary>
    /// <param name="location">ISO 3166-1 or -2 code, for example <c>US-OR</c>; null when unknown.</param>
    public static string CountryOf(string? location) => Country(location) is { } country && ByCountry.ContainsKey(country) ? country : Unknown;

    /// <summary>The numbers for a location, never none: the most exact of the clinic's own, then of the list.</summary>
    /// <param name="location">As in <see cref="CountryOf"/>.</param>
    /// <param name="own">The clinic's own for <c>US-OR</c>, <c>US</c> or <see cref="Elsewhere"/>; null or none where it has none.</param>
    public static IReadOnlyList<CrisisNumber> At(string? location, Func<string, CrisisNumber[]?>? own = null)
    {
        if (Country(location) is { } country)
        {
            if (Own(location!) is { } exact) return exact;
            if (Own(country) is { } theirs) return theirs;
            if (ByCountry.TryGetValue(country, out var known)) return known;
        }
        return Own(Elsewhere) ?? Fallback;

        CrisisNumber[]? Own(string place) => own?.Invoke(place) is { Length: > 0 } numbers ? numbers : null;
    }

    private static string? Country(string? location) =>
        location is { Length: 2 or (> 3 and <= 6) } && (location.Length == 2 || location[2] == '-') && location.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-')
            ? location[..2]
            : null;

    private static CrisisNumber Emergency(string contact) => new("Emergency", contact, CrisisNumber.Emergency);
}
