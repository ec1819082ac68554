namespace Clinic.SystemTests.Running;

/// <summary>The consent documents that walks rest on, as an operator publishes them: each says in one sentence whatever its type demands.</summary>
public static class Documents
{
    public const string Sharing = "sharing", Care = "care", Addiction = "addiction";

    private static readonly Dictionary<string, (string Type, string[] Elements)> All = new()
    {
        [Sharing] = ("hipaa-authorization", ["discloser", "right-to-revoke", "conditioning", "redisclosure"]),
        [Addiction] = ("part2-consent", ["discloser", "right-to-revoke", "redisclosure", "refusal-consequence"]),
        [Care] = ("online-therapy",
        [
            "limits", "nonverbal-cues", "misdiagnosis", "breach", "technical-disruption", "platform-data-use", "alternatives", "emergencies", "reply-times",
            "freedom-to-stop"
        ])
    };

    /// <summary>Which text a proposal shows.</summary>
    public static object Reference(string id, int version = 1, string language = "en") => new { id, version, language, contentHash = Walk.Hash(Text(id, version, language)) };

    public static object Publication(string id, int version = 1, string language = "en", string? reconsent = null) => new
    {
        documentId = id,
        version,
        language,
        documentType = Of(id).Type,
        text = Text(id, version, language),
        passages = Of(id).Elements.Select(element => new { element, passage = Text(id, version, language) }),
        reconsent
    };

    /// <summary>Every one of them, in a clinic.</summary>
    public static async Task Publish(RunningClinic clinic, string tenant)
    {
        foreach (var id in All.Keys) (await clinic.Post("consent.publish-document.v1", Publication(id), Person.Operator(tenant))).Accepted();
    }

    /// <summary>A document a test has for itself is about sharing.</summary>
    private static (string Type, string[] Elements) Of(string id) => All.GetValueOrDefault(id, All[Sharing]);

    private static string Text(string id, int version, string language) => $"About {id}, version {version}, in {language}: all that has to be said.";
}
