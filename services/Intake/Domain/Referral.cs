using Clinic.Contracts;

namespace Clinic.Intake.Domain;

/// <summary>A referral arrived.</summary>
[Subject("referralId")]
public sealed record ReferralReceived(string ReferralId, string Source, Personal<string[]> ReasonCodes, string Urgency,
    DateTimeOffset? OccurredAt = null, bool? ClockAhead = null);

/// <summary>Nothing more is to be done about it.</summary>
public sealed record ReferralClosed(string ReferralId, string ClientId, string ReasonCode);

/// <summary>One referral, from its arrival on.</summary>
public sealed record Referral
{
    public required string Id { get; init; }
    public long Version { get; init; }

    /// <summary>The referral as it came; null while all that is known is that a client came by it.</summary>
    public ReferralReceived? Received { get; init; }

    public ReferralClosed? Closed { get; init; }

    public static string StreamId(string referralId) => $"referral-{referralId}";

    public static Referral Create(ReferralReceived e) => new() { Id = StreamId(e.ReferralId), Received = e };

    /// <summary>A client may be accepted elsewhere before the referral that brought them was written down.</summary>
    public static Referral Create(ReferralClosed e) => new() { Id = StreamId(e.ReferralId), Closed = e };

    public Referral Apply(ReferralReceived e) => this with { Received = e };

    public Referral Apply(ReferralClosed e) => this with { Closed = e };
}
