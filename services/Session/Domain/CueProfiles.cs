using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

/// <summary>What cannot be seen or heard in a modality (S13). A changed list is a new version; old ones stay.</summary>
/// <param name="Name">Modality and version, for example <c>text/1</c>: what is recorded at the start of a session.</param>
/// <param name="Missing">Codes of what a practitioner must not expect to notice.</param>
public sealed record CueProfile(string Name, string Modality, int Version, string[] Missing);

public static class CueProfiles
{
    public static IReadOnlyList<CueProfile> All { get; } =
    [
        new("video/1", Modalities.Video, 1,
            ["posture", "gait", "fidgeting-below-frame", "eye-contact", "smell", "surroundings-out-of-frame"]),
        new("voice/1", Modalities.Voice, 1,
            ["facial-expression", "posture", "gestures", "eye-contact", "tears", "appearance", "smell", "surroundings"]),
        new("text/1", Modalities.Text, 1,
            [
                "voice", "pace-of-speech", "pauses", "facial-expression", "posture", "gestures", "eye-contact", "tears",
                "appearance", "smell", "surroundings", "who-else-is-there"
            ]),
        new("in-person/1", Modalities.InPerson, 1, [])
    ];

    /// <summary>The newest of a modality.</summary>
    public static CueProfile Of(string modality) => All.Last(profile => profile.Modality == modality);
}
