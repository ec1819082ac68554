using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

public sealed record DocumentPublished(
    string DocumentId, int DocumentVersion, string Language, string DocumentType, string Text, string ContentHash,
    ElementPassage[] Passages, string Reconsent, DateTimeOffset? ReconsentBy = null);

public sealed record DocumentRetired(string DocumentId, int DocumentVersion, string Language);

/// <summary>One text: a version in a language. Another language is another text, never the same one translated (T6).</summary>
public sealed record DocumentText(
    string DocumentId, int Version, string Language, string DocumentType, string Text, string ContentHash, string[] Elements,
    string Reconsent, DateTimeOffset? ReconsentBy, bool Retired = false)
{
    public DocumentReference Reference => new(DocumentId, Version, Language, ContentHash);
}

/// <summary>A consent document with all its versions and languages.</summary>
public sealed record ConsentDocument(string Id, string DocumentId, DocumentText[] Texts)
{
    public long Version { get; init; }

    public static string StreamId(string documentId) => $"document-{documentId}";

    public DocumentText? Find(int version, string language) =>
        Array.Find(Texts, text => text.Version == version && text.Language == language);

    /// <summary>What is put before a client who reads this language: the newest in it; never a newer one in another language.</summary>
    public DocumentText? Newest(string language) =>
        Texts.Where(text => text.Language == language && !text.Retired).MaxBy(text => text.Version);

    public static ConsentDocument Create(DocumentPublished e) =>
        new ConsentDocument(StreamId(e.DocumentId), e.DocumentId, []).Apply(e);

    public ConsentDocument Apply(DocumentPublished e) => this with
    {
        Texts =
        [
            .. Texts, new DocumentText(e.DocumentId, e.DocumentVersion, e.Language, e.DocumentType, e.Text, e.ContentHash,
                [.. e.Passages.Select(p => p.Element)], e.Reconsent, e.ReconsentBy)
        ]
    };

    public ConsentDocument Apply(DocumentRetired e) => this with
    {
        Texts = [.. Texts.Select(t => t.Version == e.DocumentVersion && t.Language == e.Language ? t with { Retired = true } : t)]
    };
}
