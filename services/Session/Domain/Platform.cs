namespace Clinic.Session.Domain;

public sealed record PlatformApproved(
    string PlatformId, string AgreementRef, bool E2ee, bool CollectsForAdvertising, DateOnly ReviewBy);

public sealed record PlatformRevoked(string PlatformId, string ReasonCode, string? FallbackPlatformId = null);

/// <summary>One platform of the clinic's register of processors (S48, S63).</summary>
/// <param name="Approval">What holds; null once it was revoked.</param>
/// <param name="Revocation">The latest, if it is revoked.</param>
public sealed record Platform(
    string Id, string PlatformId, PlatformApproved? Approval, PlatformRevoked? Revocation = null)
{
    public long Version { get; init; }

    public static string StreamId(string platformId) => $"platform-{platformId}";

    /// <summary>Approved, and the agreement is not due for review; on its review day it still counts.</summary>
    public bool IsApproved(DateTimeOffset at) => Approval?.ReviewBy >= DateOnly.FromDateTime(at.UtcDateTime);

    public static Platform Create(PlatformApproved e) => new(StreamId(e.PlatformId), e.PlatformId, e);

    public Platform Apply(PlatformApproved e) => this with { Approval = e, Revocation = null };

    public Platform Apply(PlatformRevoked e) => this with { Approval = null, Revocation = e };
}
