using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class ResolveAlertValidator : AbstractValidator<ResolveAlert>
{
    public ResolveAlertValidator()
    {
        RuleFor(c => c.AlertId).Must(Ids.AreValid).WithMessage(Ids.Rule);
        RuleFor(c => c.Action).NotEmpty().MaximumLength(1000);
    }
}

public static class ResolveAlertAggregateHandler
{
    public static object[] Handle(ResolveAlert command, AlertCase? state, Actor by, DateTimeOffset now)
    {
        var alert = AlertCase.For(state, by);
        var resolved = new AlertResolved(command.AlertId, alert.Raised.ClientId, by.Id, command.Action);
        if (alert.Resolution is { } earlier)
            return earlier == resolved
                ? []
                : throw new RuleViolation("alert_resolved", "The alert was already resolved otherwise.", "alertId");

        // Whoever resolves has seen it: no alert ends without an acknowledgement on record.
        return alert.Status == AlertStatus.Raised
            ? [new AlertAcknowledged(command.AlertId, alert.Raised.ClientId, by.Id), resolved]
            : [resolved];
    }
}
