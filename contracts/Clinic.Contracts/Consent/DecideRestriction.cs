namespace Clinic.Contracts.Consent;

/// <summary>
/// The clinic answers a request for restriction. What it agrees to binds as a denial of the client's own.
/// </summary>
/// <param name="RestrictionId">The request.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Agreed">Whether it holds from now on.</param>
/// <param name="Basis">Why, a code.</param>
[Contract("consent.decide-restriction.v1")]
public sealed record DecideRestriction(string RestrictionId, string ClientId, bool Agreed, string Basis);
