namespace Clinic.Contracts.Consent;

/// <summary>The term of an accounting was extended, once. Source: 45 CFR 164.528(c)(1)(ii).</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="DueAt">By when it must be issued now.</param>
[Contract("consent.accounting-extended.v1")]
public sealed record AccountingExtended(string RequestId, string ClientId, DateTimeOffset DueAt);
