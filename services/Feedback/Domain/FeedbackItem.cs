using Clinic.Contracts;

namespace Clinic.Feedback.Domain;

/// <summary>A rule set made feedback.</summary>
/// <param name="AwaitsReview">A human looks before the client does.</param>
public sealed record AutomatedFeedbackGenerated(
    string FeedbackId, string ClientId, string RulesetId, int RulesetVersion, int Tailoring, string[] InputIds, string[] Messages, bool AwaitsReview);

/// <summary>Feedback was due and not given.</summary>
public sealed record FeedbackSuppressed(string FeedbackId, string ClientId, string ReasonCode, string[] AlertIds);

/// <summary>A person wrote.</summary>
[Subject("clientId")]
public sealed record HumanFeedbackGiven(
    string FeedbackId, string ClientId, string AuthorId, string AuthorRole, Personal<string> Text, string? InReplyTo = null);

/// <summary>A human let feedback of a rule set out, or not.</summary>
public sealed record FeedbackReviewed(string FeedbackId, string ClientId, string ReviewedBy, bool Released);

/// <summary>The client has it, or the word of it.</summary>
public sealed record FeedbackDelivered(string FeedbackId, string ClientId, string Channel);

/// <summary>The client has looked.</summary>
public sealed record FeedbackViewed(string FeedbackId, string ClientId);

/// <summary>How far feedback has come.</summary>
public enum FeedbackStatus { AwaitsReview, Released, Delivered, Viewed, Suppressed }

/// <summary>One piece of feedback to a client.</summary>
public sealed record FeedbackItem(string Id, string FeedbackId, string ClientId, FeedbackStatus Status)
{
    public const string SafetyAlertOpen = "safety-alert-open";
    public const string ClientStopped = "client-stopped";
    public const string RejectedInReview = "rejected-in-review";

    public long Version { get; init; }

    /// <summary>What a person wrote; null for a rule set's.</summary>
    public HumanFeedbackGiven? Written { get; init; }

    /// <summary>The client may see it.</summary>
    public bool IsOut => Status is FeedbackStatus.Released or FeedbackStatus.Delivered or FeedbackStatus.Viewed;

    public static string StreamId(string feedbackId) => $"item-{feedbackId}";

    public static FeedbackItem Create(AutomatedFeedbackGenerated e) =>
        new(StreamId(e.FeedbackId), e.FeedbackId, e.ClientId, e.AwaitsReview ? FeedbackStatus.AwaitsReview : FeedbackStatus.Released);

    public static FeedbackItem Create(FeedbackSuppressed e) => new(StreamId(e.FeedbackId), e.FeedbackId, e.ClientId, FeedbackStatus.Suppressed);

    public static FeedbackItem Create(HumanFeedbackGiven e) =>
        new(StreamId(e.FeedbackId), e.FeedbackId, e.ClientId, FeedbackStatus.Released) { Written = e };

    public FeedbackItem Apply(FeedbackSuppressed e) => this with { Status = FeedbackStatus.Suppressed };

    public FeedbackItem Apply(FeedbackReviewed e) => e.Released ? this with { Status = FeedbackStatus.Released } : this;

    public FeedbackItem Apply(FeedbackDelivered e) => this with { Status = FeedbackStatus.Delivered };

    public FeedbackItem Apply(FeedbackViewed e) => this with { Status = FeedbackStatus.Viewed };
}
