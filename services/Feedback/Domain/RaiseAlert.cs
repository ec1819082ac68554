using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class RaiseAlertValidator : AbstractValidator<RaiseAlert>
{
    public RaiseAlertValidator()
    {
        RuleFor(c => c.AlertId).MustBeNewId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.SourceId).MustBeId();
    }
}

/// <summary>Rules of alerts that no questionnaire raised.</summary>
public static class ReportedRisk
{
    /// <summary>A person raised it here.</summary>
    public const string Reported = "reported";

    /// <summary>Session recorded a risk.</summary>
    public const string RiskEvent = "risk-event";

    /// <summary>Session's ids are not ours: one of them may be that of another alert.</summary>
    public static string AlertId(string riskId) => Stable.Id('a', riskId, RiskEvent);
}

/// <summary>What an alert by hand rests on.</summary>
public sealed record AlertFacts(Actor By, FeedbackPolicy Policy, ClientCourse? Course, RosterFacts Roster, string Rule = ReportedRisk.Reported);

public static class RaiseAlertAggregateHandler
{
    public static object[] Handle(RaiseAlert command, AlertCase? state, AlertFacts facts, DateTimeOffset now)
    {
        if (state is not null)
            return (state.ClientId, state.ResponseId) == (command.ClientId, command.SourceId)
                ? []
                : throw new RuleViolation("alert_exists", "Another alert has this id.", "alertId");
        var steps = new CourseSteps(command.ClientId, facts.Course);
        AlertRaising.Safety(steps, new SafetyAlertRaised(command.AlertId, command.ClientId, facts.Rule, command.SourceId,
            ItemNineRule.DueAt(command.Urgent ? 2 : 1, now, facts.Policy)), facts.Roster, now);
        return steps.EventsOn<AlertCase>();
    }
}
