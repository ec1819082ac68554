namespace Clinic.Contracts.Consent;

/// <summary>A client asked for a copy of the record. Source: 45 CFR 164.524; GDPR 15.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="Categories">Categories of records; none is all of them.</param>
/// <param name="DueAt">By when it must be given.</param>
[Contract("consent.access-requested.v1")]
public sealed record AccessRequested(string RequestId, string ClientId, string[] Categories, DateTimeOffset DueAt);
