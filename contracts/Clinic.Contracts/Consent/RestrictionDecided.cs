namespace Clinic.Contracts.Consent;

/// <summary>A request for restriction was answered.</summary>
/// <param name="RestrictionId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="Agreed">Whether the restriction holds from now on.</param>
/// <param name="Basis">Why, a code such as <c>required-by-law</c>.</param>
[Contract("consent.restriction-decided.v1")]
public sealed record RestrictionDecided(string RestrictionId, string ClientId, bool Agreed, string Basis);
