namespace Clinic.Contracts.Consent;

/// <summary>The request was refused.</summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">For whom.</param>
/// <param name="ReasonCode">
/// <c>no_consent</c>, <c>consent_withdrawn</c>, <c>consent_expired</c>, <c>consent_not_yet_valid</c> or
/// <c>not_covered</c>; <c>explicitly_denied</c>, <c>reaffirmation_needed</c>, <c>linked_record_denies</c>,
/// <c>basis_insufficient</c>, <c>consent_superseded</c> or <c>consent_entered_in_error</c>.
/// </param>
/// <param name="PolicyVersion">Version of the rules that decided.</param>
/// <param name="DirectiveId">The directive the reason is about, if any.</param>
/// <param name="DirectiveVersion">As it stood at the decision.</param>
[Contract("consent.disclosure-denied.v1")]
public sealed record DisclosureDenied(
    string DisclosureId, string ClientId, string RecipientId, string ReasonCode, int PolicyVersion,
    string? DirectiveId = null, int? DirectiveVersion = null);
