using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class AcknowledgeAlertValidator : AbstractValidator<AcknowledgeAlert>
{
    public AcknowledgeAlertValidator() => RuleFor(c => c.AlertId).MustBeId();
}

public static class AcknowledgeAlertAggregateHandler
{
    public static object[] Handle(AcknowledgeAlert command, AlertCase? state, Actor by, DateTimeOffset now)
    {
        var alert = AlertCase.For(state, by);
        // whoever comes second finds it taken; that is no error
        return alert.Waits ? [new AlertAcknowledged(command.AlertId, alert.ClientId, by.Id)] : [];
    }
}
