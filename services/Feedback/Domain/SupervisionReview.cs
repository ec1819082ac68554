using Clinic.Contracts;

namespace Clinic.Feedback.Domain;

/// <summary>Why somebody looks.</summary>
public static class SupervisionTriggers
{
    public const string Deterioration = "deterioration";
    public const string BoundaryConcern = "boundary-concern";
    public const string ResponseOverdue = "response-overdue";
    public const string Requested = "requested";
}

/// <summary>A supervisor is asked to look at a case.</summary>
public sealed record SupervisionReviewRequested(string ReviewId, string ClientId, string Trigger, string SourceId, DateTimeOffset DueAt);

/// <summary>A supervisor has looked.</summary>
/// <param name="Outcome">One of <see cref="SupervisionReview.Outcomes"/>.</param>
[Subject("clientId")]
public sealed record SupervisionReviewCompleted(string ReviewId, string ClientId, string Reviewer, string Outcome, Personal<string>? Note = null);

/// <summary>One look at a case.</summary>
public sealed record SupervisionReview(string Id, SupervisionReviewRequested Requested, SupervisionReviewCompleted? Completed = null)
{
    public static readonly string[] Outcomes = ["continue", "change-plan", "step-up", "refer-out", "no-action"];

    public long Version { get; init; }

    public static string StreamId(string reviewId) => $"review-{reviewId}";

    public static SupervisionReview Create(SupervisionReviewRequested e) => new(StreamId(e.ReviewId), e);

    public SupervisionReview Apply(SupervisionReviewCompleted e) => this with { Completed = e };
}

/// <summary>Asks for a review, once per cause, and tells the supervisors.</summary>
internal static class SupervisionRequests
{
    public static void Add(CourseSteps steps, string trigger, string sourceId, DateTimeOffset dueAt)
    {
        foreach (var e in Of(steps.ClientId, trigger, sourceId, dueAt)) steps.Add(e);
    }

    /// <param name="cause">What is unique of the source, where its id is not.</param>
    public static ForStream[] Of(string clientId, string trigger, string sourceId, DateTimeOffset dueAt, string? cause = null)
    {
        var reviewId = Stable.Id('r', trigger, cause ?? sourceId);
        return
        [
            new(SupervisionReview.StreamId(reviewId), typeof(SupervisionReview), new SupervisionReviewRequested(reviewId, clientId, trigger, sourceId, dueAt)),
            Notices.ToStaff(Notices.Supervisors, Contracts.Notifications.NotificationChannels.Push,
                Contracts.Notifications.NotificationTemplates.ReviewWaiting, reviewId, clientId, dueAt)
        ];
    }
}
