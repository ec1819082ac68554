namespace Clinic.Contracts.Consent;

/// <summary>
/// The client has been told of the fee for a second accounting in twelve months and wants it all the same: 45 CFR
/// 164.528(c)(2).
/// </summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
[Contract("consent.accept-accounting-fee.v1")]
public sealed record AcceptAccountingFee(string RequestId, string ClientId);
