namespace Clinic.Contracts.Consent;

/// <summary>The term of a copy has passed and nobody has given it. Said once for each term.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="DueAt">When it was due.</param>
[Contract("consent.access-overdue.v1")]
public sealed record AccessOverdue(string RequestId, string ClientId, DateTimeOffset DueAt);
