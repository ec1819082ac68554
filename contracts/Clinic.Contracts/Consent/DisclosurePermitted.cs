namespace Clinic.Contracts.Consent;

/// <summary>The request was allowed. Nothing has left yet; the release decides again.</summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">For whom.</param>
/// <param name="DirectiveId">The directive that allows it; <c>none</c> under another basis than consent.</param>
/// <param name="DirectiveVersion">As it stood at the decision.</param>
/// <param name="PolicyVersion">Version of the rules that decided.</param>
[Contract("consent.disclosure-permitted.v1")]
public sealed record DisclosurePermitted(
    string DisclosureId, string ClientId, string RecipientId, string DirectiveId, int DirectiveVersion,
    int PolicyVersion);
