namespace Clinic.Contracts.Consent;

/// <summary>The recipient acknowledged exactly the content released.</summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">Who received them.</param>
/// <param name="ContentHash">The hash both sides agree on.</param>
[Contract("consent.disclosure-delivered.v1")]
public sealed record DisclosureDelivered(string DisclosureId, string ClientId, string RecipientId, string ContentHash);
