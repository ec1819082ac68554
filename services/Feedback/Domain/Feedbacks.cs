using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Contracts.Notifications;
using Clinic.Instruments;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class GenerateFeedbackValidator : AbstractValidator<GenerateFeedback>
{
    public GenerateFeedbackValidator()
    {
        RuleFor(c => c.FeedbackId).MustBeNewId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Instrument).MustBeOneOf([.. OutcomeMeasure.All.Select(m => m.Code)]);
    }
}

/// <summary>What a client's feedback is decided by.</summary>
public sealed record FeedbackFacts(Actor By, FeedbackPolicy Policy, ClientCourse? Course);

public static class GenerateFeedbackAggregateHandler
{
    public static object[] Handle(GenerateFeedback command, FeedbackItem? state, FeedbackFacts facts, DateTimeOffset now)
    {
        if (state is not null)
            return state.ClientId == command.ClientId ? [] : throw new RuleViolation("feedback_exists", "Other feedback has this id.", "feedbackId");
        var score = facts.Course?.Episode?.Scores.LastOrDefault(s => s.Instrument == command.Instrument)
            ?? throw new RuleViolation("nothing_measured", "There is no valid score of this instrument in the open episode.", "instrument");
        var steps = new CourseSteps(command.ClientId, facts.Course);
        var change = EpisodeChange.Of(command.ClientId, facts.Course.Episode, score.ResponseId, facts.Policy)?.Class;
        // the band is said with the answer itself; on demand the trend is what is new
        AutomatedFeedback.Decide(steps, command.FeedbackId, score.ResponseId, command.Instrument, null, change, facts.Policy, now);
        return steps.EventsOn<FeedbackItem>();
    }
}

public sealed class GiveFeedbackValidator : AbstractValidator<GiveFeedback>
{
    public GiveFeedbackValidator()
    {
        RuleFor(c => c.FeedbackId).MustBeNewId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Text).MustBeText();
        RuleFor(c => c.InReplyTo).MayBeId();
    }
}

/// <summary>What human feedback is decided by; the item is there when somebody used its id before.</summary>
public sealed record WritingFacts(Actor By, FeedbackItem? Item);

public static class GiveFeedbackAggregateHandler
{
    public static object[] Handle(GiveFeedback command, ClientCourse? state, WritingFacts facts, DateTimeOffset now)
    {
        var by = facts.By;
        if (by.Role is not (Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter))
            throw new RuleViolation("role_not_permitted", "Only a therapist, supervisor or peer supporter writes to clients.");
        var given = new HumanFeedbackGiven(command.FeedbackId, command.ClientId, by.Id, by.Role, command.Text, command.InReplyTo);
        if (facts.Item is { } known)
            return known.Written == given ? [] : throw new RuleViolation("feedback_exists", "Other feedback has this id.", "feedbackId");
        var steps = new CourseSteps(command.ClientId, state);
        steps.Add(new ForStream(FeedbackItem.StreamId(command.FeedbackId), typeof(FeedbackItem), given));
        Notices.ToClient(steps, NotificationTemplates.SomethingNew, command.FeedbackId, now.AddDays(3));
        return steps.EventsOn<ClientCourse>();
    }
}

public sealed class ReviewFeedbackValidator : AbstractValidator<ReviewFeedback>
{
    public ReviewFeedbackValidator() => RuleFor(c => c.FeedbackId).MustBeId();
}

public static class ReviewFeedbackAggregateHandler
{
    public static object[] Handle(ReviewFeedback command, FeedbackItem? state, FeedbackFacts facts, DateTimeOffset now)
    {
        if (facts.By.Role is not (Roles.Therapist or Roles.Supervisor))
            throw new RuleViolation("role_not_permitted", "Only a therapist or supervisor lets feedback out.");
        if (state is null) throw new RuleViolation("feedback_unknown", "There is no such feedback.", "feedbackId");
        if (state.Status != FeedbackStatus.AwaitsReview)
            return command.Release == state.IsOut ? [] : throw new RuleViolation("feedback_decided", "This was decided before.", "feedbackId");

        var reviewed = new FeedbackReviewed(state.FeedbackId, state.ClientId, facts.By.Id, command.Release);
        if (!command.Release) return [reviewed, new FeedbackSuppressed(state.FeedbackId, state.ClientId, FeedbackItem.RejectedInReview, [])];
        // an alert may have been raised since it was made
        if (facts.Course?.SafetyAlerts is { Length: > 0 })
            throw new RuleViolation("safety_alert_open", "While a safety alert is open, feedback of a rule set stays back.", "feedbackId");
        var steps = new CourseSteps(state.ClientId, facts.Course);
        Notices.ToClient(steps, NotificationTemplates.SomethingNew, state.FeedbackId, now.AddDays(3));
        return [reviewed, .. steps.Events];
    }
}

public sealed class MarkFeedbackViewedValidator : AbstractValidator<MarkFeedbackViewed>
{
    public MarkFeedbackViewedValidator() => RuleFor(c => c.FeedbackId).MustBeId();
}

public static class MarkFeedbackViewedAggregateHandler
{
    public static object[] Handle(MarkFeedbackViewed command, FeedbackItem? state, Actor by, DateTimeOffset now)
    {
        // what was held back is not there for the client
        if (state is not { IsOut: true }) throw new RuleViolation("feedback_unknown", "There is no such feedback.", "feedbackId");
        return state.Status switch
        {
            FeedbackStatus.Viewed => [],
            // seen in the application, it has reached the client there
            FeedbackStatus.Released =>
                [new FeedbackDelivered(state.FeedbackId, state.ClientId, NotificationChannels.InApp), new FeedbackViewed(state.FeedbackId, state.ClientId)],
            _ => [new FeedbackViewed(state.FeedbackId, state.ClientId)]
        };
    }
}
