namespace Clinic.Contracts.Consent;

/// <summary>What somebody else had agreed to for the client, the client agrees to now.</summary>
/// <param name="ClientId">Whose consent, by pseudonym.</param>
/// <param name="DirectiveId">The directive.</param>
/// <param name="DirectiveVersion">
/// Number of this directive's changes so far; a higher one overrules a lower one.
/// </param>
/// <param name="Scopes">What stays allowed.</param>
[Contract("consent.reaffirmed.v1")]
public sealed record ConsentReaffirmed(
    string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes);
