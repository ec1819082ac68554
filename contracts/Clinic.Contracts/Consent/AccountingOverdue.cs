namespace Clinic.Contracts.Consent;

/// <summary>An accounting, or a list of disclosures by intermediaries, was not issued in time. Said once.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="DueAt">By when it was to be issued.</param>
[Contract("consent.accounting-overdue.v1")]
public sealed record AccountingOverdue(string RequestId, string ClientId, DateTimeOffset DueAt);
