namespace Clinic.Contracts.Consent;

/// <summary>The client no longer wants a restriction that was agreed to: 45 CFR 164.522(a)(2)(i).</summary>
/// <param name="RestrictionId">The restriction.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
[Contract("consent.end-restriction.v1")]
public sealed record EndRestriction(string RestrictionId, string ClientId);
