namespace Clinic.Contracts.Consent;

/// <summary>A directive ends.</summary>
/// <param name="ClientId">Whose consent, by pseudonym.</param>
/// <param name="DirectiveId">The directive.</param>
/// <param name="DirectiveVersion">
/// Number of this directive's changes so far; a higher one overrules a lower one.
/// </param>
/// <param name="Scopes">What is no longer allowed.</param>
/// <param name="EffectiveAt">
/// First instant at which it no longer holds; never before the withdrawal was recorded.
/// </param>
/// <param name="Channel">How the withdrawal was asked for.</param>
[Contract("consent.withdrawn.v1")]
public sealed record ConsentWithdrawn(
    string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes, DateTimeOffset EffectiveAt,
    string Channel);
