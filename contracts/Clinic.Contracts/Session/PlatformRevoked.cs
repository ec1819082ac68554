namespace Clinic.Contracts.Session;

/// <summary>A platform may no longer be used.</summary>
/// <param name="PlatformId">The platform.</param>
/// <param name="ReasonCode">A code such as <c>agreement-ended</c> or <c>breach</c>.</param>
/// <param name="FallbackPlatformId">Where planned sessions move.</param>
[Contract("session.platform-revoked.v1")]
public sealed record PlatformRevoked(string PlatformId, string ReasonCode, string? FallbackPlatformId = null);
