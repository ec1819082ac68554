namespace Clinic.Contracts.Consent;

/// <summary>A later directive has taken the place of this one.</summary>
/// <param name="ClientId">Whose consent, by pseudonym.</param>
/// <param name="DirectiveId">The directive.</param>
/// <param name="DirectiveVersion">
/// Number of this directive's changes so far; a higher one overrules a lower one.
/// </param>
/// <param name="Scopes">What is no longer allowed.</param>
/// <param name="By">The directive that replaces it.</param>
/// <param name="EffectiveAt">First instant at which it no longer holds.</param>
[Contract("consent.superseded.v1")]
public sealed record ConsentSuperseded(
    string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes, string By,
    DateTimeOffset EffectiveAt);
