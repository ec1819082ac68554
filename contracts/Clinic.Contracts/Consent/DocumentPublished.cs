namespace Clinic.Contracts.Consent;

/// <summary>A version of a consent document may be put before clients, in one language.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Version">From 1.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="ContentHash">SHA-256 of the text, 64 lower-case hexadecimal digits.</param>
/// <param name="DocumentType">One of <see cref="DocumentTypes"/>.</param>
/// <param name="Elements">Which elements the text holds, of <see cref="DocumentElements"/>.</param>
[Contract("consent.document-published.v1")]
public sealed record DocumentPublished(
    string DocumentId, int Version, string Language, string ContentHash, string DocumentType, string[] Elements);
