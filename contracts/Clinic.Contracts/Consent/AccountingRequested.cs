namespace Clinic.Contracts.Consent;

/// <summary>A client asked for an accounting of disclosures. Source: 45 CFR 164.528(c).</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="Regime">One of <see cref="AccountingRegimes"/>.</param>
/// <param name="DueAt">By when it must be issued.</param>
/// <param name="FeeApplies">True from the second in twelve months on.</param>
[Contract("consent.accounting-requested.v1")]
public sealed record AccountingRequested(
    string RequestId, string ClientId, string Regime, DateTimeOffset DueAt, bool FeeApplies);
