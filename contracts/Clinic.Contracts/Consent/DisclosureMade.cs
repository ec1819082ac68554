namespace Clinic.Contracts.Consent;

/// <summary>
/// A disclosure left, or may leave from now on. It stays in the accounting whatever happens to the consent later (T23).
/// </summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">To whom.</param>
/// <param name="Purpose">One of <see cref="PurposesOfUse"/>.</param>
/// <param name="LegalBasis">One of <see cref="LegalBases"/>.</param>
/// <param name="DirectiveId">The directive that allows it; <c>none</c> under another basis than consent.</param>
/// <param name="DirectiveVersion">As it stood at the release.</param>
/// <param name="DocumentId">The consent document signed.</param>
/// <param name="DocumentVersion">Its version.</param>
/// <param name="ContentHash">Keyed hash of the content released, 64 lower-case hexadecimal digits.</param>
/// <param name="At">When.</param>
[Contract("consent.disclosure-made.v1")]
public sealed record DisclosureMade(
    string DisclosureId, string ClientId, string RecipientId, string Purpose, string LegalBasis, string DirectiveId,
    int DirectiveVersion, string DocumentId, int DocumentVersion, string ContentHash, DateTimeOffset At);
