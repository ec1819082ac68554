namespace Clinic.Contracts.Consent;

/// <summary>
/// The recipient did not receive what was released. It counts as a disclosure all the same: content left.
/// </summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">To whom they were released.</param>
/// <param name="ReasonCode"><c>content_hash_differs</c>.</param>
[Contract("consent.disclosure-delivery-failed.v1")]
public sealed record DisclosureDeliveryFailed(
    string DisclosureId, string ClientId, string RecipientId, string ReasonCode);
