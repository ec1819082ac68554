namespace Clinic.Contracts.Consent;

/// <summary>Takes a version of a consent document out of use. What was signed stays signed.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Version">Its version.</param>
/// <param name="Language">BCP 47.</param>
[Contract("consent.retire-document.v1")]
public sealed record RetireDocument(string DocumentId, int Version, string Language);
