using Clinic.Contracts;

namespace Clinic.Intake.Domain;

/// <summary>A referral arrived.</summary>
[Subject("referralId")]
public sealed record ReferralReceived(string ReferralId, string Source, Personal<string[]> ReasonCodes, string Urgency,
    DateTimeOffset? OccurredAt = null, bool? ClockAhead = null);

/// <summary>One referral, from its arrival on.</summary>
public sealed record Referral
{
    public required string Id { get; init; }
    public long Version { get; init; }

    /// <summary>The referral as it came.</summary>
    public required ReferralReceived Received { get; init; }

    public static string StreamId(string referralId) => $"referral-{referralId}";

    public static Referral Create(ReferralReceived e) => new() { Id = StreamId(e.ReferralId), Received = e };
}
