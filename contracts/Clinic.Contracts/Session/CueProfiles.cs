namespace Clinic.Contracts.Session;

/// <summary>
/// What cannot be seen or heard in a modality (S13), by name and version, for example <c>text/1</c>: what is recorded at the start of a
/// session, and with a diagnosis that rests on having met the client. A changed list is a new version; old ones stay.
/// </summary>
public static class CueProfiles
{
    private static readonly (string Name, string[] Missing)[] Profiles =
    [
        ("video/1", ["posture", "gait", "fidgeting-below-frame", "eye-contact", "smell", "surroundings-out-of-frame"]),
        ("voice/1", ["facial-expression", "posture", "gestures", "eye-contact", "tears", "appearance", "smell", "surroundings"]),
        ("text/1",
        [
            "voice", "pace-of-speech", "pauses", "facial-expression", "posture", "gestures", "eye-contact", "tears", "appearance", "smell", "surroundings",
            "who-else-is-there"
        ]),
        ("in-person/1", [])
    ];

    /// <summary>Every profile there is or was, in the order in which they came.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Profiles.Select(profile => profile.Name)];

    /// <summary>The newest of a modality.</summary>
    /// <param name="modality">One of <see cref="Modalities"/>.</param>
    public static string Of(string modality) => All.Last(name => name.StartsWith(modality + "/", StringComparison.Ordinal));

    /// <summary>Codes of what a practitioner must not expect to notice; nothing where no profile is named.</summary>
    public static string[] MissingIn(string? name) => Array.Find(Profiles, profile => profile.Name == name).Missing ?? [];
}
