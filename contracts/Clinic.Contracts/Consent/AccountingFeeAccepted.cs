namespace Clinic.Contracts.Consent;

/// <summary>The client has accepted the fee of a further accounting. Source: 45 CFR 164.528(c)(2).</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
[Contract("consent.accounting-fee-accepted.v1")]
public sealed record AccountingFeeAccepted(string RequestId, string ClientId);
