using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class RequestSupervisionValidator : AbstractValidator<RequestSupervision>
{
    public RequestSupervisionValidator()
    {
        RuleFor(c => c.ReviewId).MustBeNewId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.SourceId).MustBeId();
    }
}

public static class RequestSupervisionAggregateHandler
{
    public static object[] Handle(RequestSupervision command, SupervisionReview? state, CourseFacts facts, DateTimeOffset now)
    {
        if (state is not null)
            return (state.Requested.ClientId, state.Requested.SourceId) == (command.ClientId, command.SourceId)
                ? []
                : throw new RuleViolation("review_exists", "Another review has this id.", "reviewId");
        var dueAt = facts.Policy.ReviewDue(now);
        return
        [
            new SupervisionReviewRequested(command.ReviewId, command.ClientId, SupervisionTriggers.Requested, command.SourceId, dueAt),
            Notices.ToStaff(Notices.Supervisors, Contracts.Notifications.NotificationChannels.Push,
                Contracts.Notifications.NotificationTemplates.ReviewWaiting, command.ReviewId, command.ClientId, dueAt)
        ];
    }
}

public sealed class CompleteSupervisionValidator : AbstractValidator<CompleteSupervision>
{
    public CompleteSupervisionValidator()
    {
        RuleFor(c => c.ReviewId).MustBeId();
        RuleFor(c => c.Outcome).MustBeOneOf(SupervisionReview.Outcomes);
        RuleFor(c => c.Note).MaximumLength(FieldRules.LongestText);
    }
}

public static class CompleteSupervisionAggregateHandler
{
    public static object[] Handle(CompleteSupervision command, SupervisionReview? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Supervisor) throw new RuleViolation("role_not_permitted", "Only a supervisor completes a review.");
        if (state is null) throw new RuleViolation("review_unknown", "There is no such review.", "reviewId");
        var completed = new SupervisionReviewCompleted(command.ReviewId, state.Requested.ClientId, by.Id, command.Outcome, command.Note);
        if (state.Completed is { } earlier)
            return earlier == completed ? [] : throw new RuleViolation("review_completed", "The review was completed otherwise.", "reviewId");
        return [completed];
    }
}
