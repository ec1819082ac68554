namespace Clinic.Intake.Service.Http;

/// <summary>A service that answers people in a crisis.</summary>
/// <param name="Name">As it calls itself.</param>
/// <param name="Phone">As dialled there.</param>
internal sealed record CrisisService(string Name, string Phone);

/// <summary>
/// Whom to call where. The numbers here are public knowledge, not looked up: a clinic confirms them, and replaces them by
/// <c>Intake__Crisis__GB__0__Name</c> and <c>…__Phone</c> (likewise for <c>GB-SCT</c>, and <c>default</c> for everywhere else).
/// </summary>
internal sealed class CrisisServices(IConfiguration configuration)
{
    private static readonly CrisisService[] Anywhere = [new("Emergency", "112")];

    private static readonly Dictionary<string, CrisisService[]> Known = new(StringComparer.Ordinal)
    {
        ["GB"] = [new("Emergency", "999"), new("NHS", "111"), new("Samaritans", "116 123")],
        ["IE"] = [new("Emergency", "112"), new("Samaritans", "116 123")],
        ["US"] = [new("Emergency", "911"), new("988 Suicide & Crisis Lifeline", "988")],
        ["CA"] = [new("Emergency", "911"), new("Suicide Crisis Helpline", "988")],
        ["DE"] = [new("Notruf", "112"), new("TelefonSeelsorge", "0800 1110111")],
        ["FR"] = [new("SAMU", "15"), new("Numéro national de prévention du suicide", "3114")]
    };

    /// <param name="region">ISO 3166-1 or -2: the most exact entry counts.</param>
    public IReadOnlyList<CrisisService> For(string region)
    {
        string[] places = region.Contains('-') ? [region, region[..region.IndexOf('-')], "default"] : [region, "default"];
        foreach (var place in places)
            if (configuration.GetSection($"Intake:Crisis:{place}").Get<CrisisService[]>() is { Length: > 0 } configured) return configured;
            else if (Known.TryGetValue(place, out var known)) return known;
        return Anywhere;
    }
}
