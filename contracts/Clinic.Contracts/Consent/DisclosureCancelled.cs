namespace Clinic.Contracts.Consent;

/// <summary>A permitted disclosure was no longer permitted when it was to leave (T22). Nothing left.</summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">For whom.</param>
/// <param name="ReasonCode">As in <see cref="DisclosureDenied"/>.</param>
[Contract("consent.disclosure-cancelled.v1")]
public sealed record DisclosureCancelled(string DisclosureId, string ClientId, string RecipientId, string ReasonCode);
