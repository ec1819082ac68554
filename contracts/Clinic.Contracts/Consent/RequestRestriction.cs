namespace Clinic.Contracts.Consent;

/// <summary>The client asks that the use of the record be restricted: 45 CFR 164.522(a).</summary>
/// <param name="RestrictionId">The new request.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Statement">In the client's words; stored, never published.</param>
/// <param name="Denials">What would be denied if agreed, 1 to 20, each with effect <c>deny</c>.</param>
[Contract("consent.request-restriction.v1")]
public sealed record RequestRestriction(
    string RestrictionId, string ClientId, [property: Sensitive] string Statement, DisclosureScope[] Denials);
