using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Contracts.Notifications;
using Clinic.Instruments;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class RequestMeasureValidator : AbstractValidator<RequestMeasure>
{
    public RequestMeasureValidator()
    {
        RuleFor(c => c.RequestId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Instrument).MustBeOneOf([.. OutcomeMeasure.All.Select(m => m.Code)]);
        RuleFor(c => c.Version).MustBeVersion();
    }
}

/// <summary>Who acts, what a client's course is decided by.</summary>
public sealed record CourseFacts(Actor By, FeedbackPolicy Policy);

public static class RequestMeasureAggregateHandler
{
    public static object[] Handle(RequestMeasure command, ClientCourse? state, CourseFacts facts, DateTimeOffset now)
    {
        if (state?.Requests.FirstOrDefault(r => r.RequestId == command.RequestId) is { } open)
            return open.Instrument == command.Instrument && open.DueAt == command.DueAt
                ? []
                : throw new RuleViolation("request_exists", "Another request has this id.", "requestId");
        if (state?.Paused is true)
            throw new RuleViolation("treatment_not_permitted", "There is no consent to treatment any more, so nobody is asked for answers.", "clientId");
        if (command.DueAt <= now || command.DueAt > now.AddYears(1))
            throw new RuleViolation("due_out_of_range", "A measure is due in the future, within a year.", "dueAt");

        var steps = new CourseSteps(command.ClientId, state);
        steps.Add(new MeasureRequested(command.ClientId, command.RequestId, command.Instrument, command.Version, command.DueAt, facts.By.Id));
        Notices.ToClient(steps, NotificationTemplates.SomethingToAnswer, command.RequestId, command.DueAt);
        return steps.EventsOn<ClientCourse>();
    }
}

/// <summary>Internal: a request's time has come.</summary>
public sealed record RemindOfMeasure(string ClientId, string RequestId);

public static class RemindOfMeasureAggregateHandler
{
    public static object[] Handle(RemindOfMeasure command, ClientCourse? state, CourseFacts facts, DateTimeOffset now)
    {
        if (state?.Requests.FirstOrDefault(r => r.RequestId == command.RequestId) is not { Reminded: false } request) return [];
        // without consent to treatment nobody is asked to answer
        if (state.Paused) return [];
        // the deadline is kept in microseconds
        if (request.DueAt > now.AddMilliseconds(1)) return [];
        var steps = new CourseSteps(command.ClientId, state);
        steps.Add(new MeasureReminded(command.ClientId, command.RequestId));
        Notices.ToClient(steps, NotificationTemplates.SomethingToAnswer, $"{command.RequestId}/reminder", now.AddDays(3));
        return steps.EventsOn<ClientCourse>();
    }
}
