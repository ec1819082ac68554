namespace Clinic.Contracts.Consent;

/// <summary>An accounting of disclosures was given.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="Regime">One of <see cref="AccountingRegimes"/>.</param>
/// <param name="Entries">How many disclosures it shows.</param>
/// <param name="ContentHash">SHA-256 of what was given.</param>
[Contract("consent.accounting-issued.v1")]
public sealed record AccountingIssued(
    string RequestId, string ClientId, string Regime, int Entries, string ContentHash);
