namespace Clinic.Contracts.Consent;

/// <summary>
/// Makes a version of a consent document, in one language, available to be put before clients.
/// </summary>
/// <param name="DocumentId">The document; its versions and languages share it.</param>
/// <param name="Version">From 1. A language may skip versions, never go back.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="DocumentType">One of <see cref="DocumentTypes"/>.</param>
/// <param name="Text">The text, as shown; up to 40,000 characters. Its SHA-256 identifies it.</param>
/// <param name="Passages">For every element that the type demands of the text: where it is said.</param>
/// <param name="Reconsent">
/// What this version means for who agreed to an earlier one in the same language: one of <see
/// cref="ReconsentPolicies"/>; null is none.
/// </param>
/// <param name="ReconsentBy">For <c>by-date</c>: first instant at which an earlier agreement no longer holds.</param>
[Contract("consent.publish-document.v1")]
public sealed record PublishDocument(
    string DocumentId, int Version, string Language, string DocumentType, string Text, ElementPassage[] Passages,
    string? Reconsent = null, DateTimeOffset? ReconsentBy = null);
