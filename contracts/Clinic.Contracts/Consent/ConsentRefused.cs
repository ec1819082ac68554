namespace Clinic.Contracts.Consent;

/// <summary>A proposed directive was declined.</summary>
/// <param name="ClientId">By whom, by pseudonym.</param>
/// <param name="DirectiveId">The directive.</param>
/// <param name="DirectiveVersion">Number of this directive's changes so far.</param>
/// <param name="Scopes">What is therefore not allowed.</param>
[Contract("consent.refused.v1")]
public sealed record ConsentRefused(string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes);
