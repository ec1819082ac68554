namespace Clinic.Contracts.Consent;

/// <summary>A client asked that something in the record be corrected. Source: 45 CFR 164.526.</summary>
/// <param name="AmendmentId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="Category">Category of the records concerned.</param>
/// <param name="DueAt">By when it must be answered.</param>
[Contract("consent.amendment-requested.v1")]
public sealed record AmendmentRequested(string AmendmentId, string ClientId, string Category, DateTimeOffset DueAt);
