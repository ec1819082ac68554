namespace Clinic.Contracts.Consent;

/// <summary>Nobody has reviewed an emergency access in time. Said once.</summary>
/// <param name="AccessId">The access.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="DueAt">When it should have been reviewed.</param>
[Contract("consent.emergency-review-overdue.v1")]
public sealed record EmergencyReviewOverdue(string AccessId, string ClientId, DateTimeOffset DueAt);
