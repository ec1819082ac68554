namespace Clinic.Contracts.Consent;

/// <summary>A request to correct the record was not answered in time. Said once.</summary>
/// <param name="AmendmentId">The request.</param>
/// <param name="ClientId">Whose record, by pseudonym.</param>
/// <param name="DueAt">By when it was to be answered.</param>
[Contract("consent.amendment-overdue.v1")]
public sealed record AmendmentOverdue(string AmendmentId, string ClientId, DateTimeOffset DueAt);
