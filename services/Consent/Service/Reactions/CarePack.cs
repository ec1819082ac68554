using Clinic.Consent.Domain;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Service.Reactions;

/// <summary>
/// What a client is asked to agree to before therapist-supported online care: treatment and each modality found suitable, under
/// the online-therapy document. The one that ships with this service is published in every clinic; a clinic's own later versions
/// and languages take its place. Its hash goes into every proposal, so what was shown is provable.
/// </summary>
internal static class CarePack
{
    public const string DocumentId = "online-therapy";

    private const string Language = "en";

    /// <summary>The shipped text as a clinic's operator would publish it.</summary>
    public static PublishDocument Shipped { get; } = new(DocumentId, 1, Language, DocumentTypes.OnlineTherapy, Read($"{DocumentId}.v1.{Language}.md"),
    [
        new(DocumentElements.Limits, "**What it cannot do.**"),
        new(DocumentElements.NonverbalCues, "Your therapist sees and hears less of you than in a room"),
        new(DocumentElements.Misdiagnosis, "a diagnosis can be wrong"),
        new(DocumentElements.TechnicalDisruption, "**When technology fails.**"),
        new(DocumentElements.Breach, "if your data is ever exposed, you are told"),
        new(DocumentElements.PlatformDataUse, "The video platform may process connection data"),
        new(DocumentElements.Emergencies, "**Emergencies.**"),
        new(DocumentElements.ReplyTimes, "Messages between sessions are answered within two working days"),
        new(DocumentElements.Alternatives, "**Other ways.**"),
        new(DocumentElements.FreedomToStop, "You may stop a session, this therapy, or this agreement at any time")
    ]);

    /// <summary>What this client is shown: the newest text in the client's language, or in its base language, or the shipped one's newest.</summary>
    /// <returns>Null when the clinic has retired every text: then nobody is asked.</returns>
    public static DocumentText? Choose(ConsentDocument document, string? language) =>
        (language is null ? null : document.Newest(language) ?? document.Newest(language.Split('-')[0]))
        ?? document.Newest(Language) ?? document.Texts.LastOrDefault(text => !text.Retired);

    public static ConsentScope[] Scopes(IEnumerable<string> modalities) =>
        [new ConsentScope(ScopeKinds.Treatment), .. modalities.Distinct().Select(modality => new ConsentScope(ScopeKinds.Modality, modality))];

    private static string Read(string file)
    {
        using var stream = typeof(CarePack).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
