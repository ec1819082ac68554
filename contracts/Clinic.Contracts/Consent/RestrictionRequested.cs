namespace Clinic.Contracts.Consent;

/// <summary>A client asked that the use of the record be restricted. Source: 45 CFR 164.522(a).</summary>
/// <param name="RestrictionId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
[Contract("consent.restriction-requested.v1")]
public sealed record RestrictionRequested(string RestrictionId, string ClientId);
