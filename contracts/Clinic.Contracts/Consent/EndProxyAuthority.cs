namespace Clinic.Contracts.Consent;

/// <summary>Somebody may no longer decide for the client.</summary>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="AuthorityId">The authority.</param>
/// <param name="ReasonCode"><c>revoked</c>, <c>withdrawn-by-client</c> or <c>entered-in-error</c>.</param>
[Contract("consent.end-proxy-authority.v1")]
public sealed record EndProxyAuthority(string ClientId, string AuthorityId, string ReasonCode);
