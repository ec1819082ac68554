using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class ResolveAlertValidator : AbstractValidator<ResolveAlert>
{
    public ResolveAlertValidator()
    {
        RuleFor(c => c.AlertId).MustBeId();
        RuleFor(c => c.Action).NotEmpty().MaximumLength(1000);
    }
}

public static class ResolveAlertAggregateHandler
{
    public static object[] Handle(ResolveAlert command, AlertCase? state, Actor by, DateTimeOffset now)
    {
        var alert = AlertCase.For(state, by);
        var resolved = new AlertResolved(command.AlertId, alert.ClientId, by.Id, command.Action,
            alert.Kind == AlertKinds.Safety ? null : alert.Kind);
        if (alert.Resolution is { } earlier)
            return earlier == resolved
                ? []
                : throw new RuleViolation("alert_resolved", "The alert was already resolved otherwise.", "alertId");
        if (alert.Status == AlertStatus.Retracted)
            throw new RuleViolation("alert_retracted", "What the alert rested on was corrected; there is nothing to resolve.", "alertId");

        var closed = new ForStream(ClientCourse.StreamId(alert.ClientId), typeof(ClientCourse), new AlertClosed(alert.ClientId, alert.AlertId));
        // Whoever resolves has seen it: no alert ends without an acknowledgement on record.
        return alert.Waits
            ? [new AlertAcknowledged(command.AlertId, alert.ClientId, by.Id), resolved, closed]
            : [resolved, closed];
    }
}
