namespace Clinic.Contracts.Consent;

/// <summary>Somebody may no longer decide for, or see the record of, the client.</summary>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="AuthorityId">The authority.</param>
/// <param name="ProxyId">Who, by pseudonym.</param>
/// <param name="ReasonCode">
/// <c>majority</c>, <c>revoked</c>, <c>expired</c>, <c>withdrawn-by-client</c> or <c>entered-in-error</c>.
/// </param>
/// <param name="EffectiveAt">First instant at which it no longer holds.</param>
[Contract("consent.proxy-authority-ended.v1")]
public sealed record ProxyAuthorityEnded(
    string ClientId, string AuthorityId, string ProxyId, string ReasonCode, DateTimeOffset EffectiveAt);
