namespace Clinic.Contracts.Session;

/// <summary>No session may begin on this platform any more. Planned ones move to another, or are held.</summary>
/// <param name="PlatformId">The platform.</param>
/// <param name="ReasonCode">A code such as <c>agreement-ended</c> or <c>breach</c>.</param>
/// <param name="FallbackPlatformId">Where planned sessions move; an approved platform.</param>
[Contract("session.revoke-platform.v1")]
public sealed record RevokePlatform(string PlatformId, string ReasonCode, string? FallbackPlatformId = null);
