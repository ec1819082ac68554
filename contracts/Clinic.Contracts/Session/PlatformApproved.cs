namespace Clinic.Contracts.Session;

/// <summary>A platform may be used for sessions (S48, S63).</summary>
/// <param name="PlatformId">The platform.</param>
/// <param name="E2ee">It encrypts from end to end (S50).</param>
/// <param name="CollectsForAdvertising">It collects data for advertising, so that each client must agree (S47).</param>
/// <param name="ReviewBy">Last day on which the agreement may be relied on.</param>
[Contract("session.platform-approved.v1")]
public sealed record PlatformApproved(string PlatformId, bool E2ee, bool CollectsForAdvertising, DateOnly ReviewBy);
