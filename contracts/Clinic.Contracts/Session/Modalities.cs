namespace Clinic.Contracts.Session;

/// <summary>How a session is held.</summary>
public static class Modalities
{
    public const string Video = "video";
    public const string Voice = "voice";
    public const string Text = "text";
    public const string InPerson = "in-person";

    /// <summary>Every modality.</summary>
    public static IReadOnlyCollection<string> All { get; } = [Video, Voice, Text, InPerson];
}
