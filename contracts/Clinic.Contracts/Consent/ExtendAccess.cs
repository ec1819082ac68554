namespace Clinic.Contracts.Consent;

/// <summary>The copy takes longer: once, by 30 days, and the client is told why (45 CFR 164.524(b)(2)(ii)).</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Reason">What the client was told; stored, never published.</param>
[Contract("consent.extend-access.v1")]
public sealed record ExtendAccess(string RequestId, string ClientId, [property: Sensitive] string Reason);
