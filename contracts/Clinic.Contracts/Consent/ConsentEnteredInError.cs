namespace Clinic.Contracts.Consent;

/// <summary>
/// A directive should never have been recorded: it allows nothing, and what was done under it is flagged, not undone.
/// </summary>
/// <param name="ClientId">Whose consent, by pseudonym.</param>
/// <param name="DirectiveId">The directive.</param>
/// <param name="DirectiveVersion">
/// Number of this directive's changes so far; a higher one overrules a lower one.
/// </param>
/// <param name="Scopes">What is no longer allowed.</param>
[Contract("consent.entered-in-error.v1")]
public sealed record ConsentEnteredInError(
    string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes);
