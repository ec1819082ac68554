namespace Clinic.Contracts.Consent;

/// <summary>
/// A version of a consent document is no longer put before anybody. What was signed stays signed.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Version">Its version.</param>
/// <param name="Language">BCP 47.</param>
[Contract("consent.document-retired.v1")]
public sealed record DocumentRetired(string DocumentId, int Version, string Language);
