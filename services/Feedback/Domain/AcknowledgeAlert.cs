using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class AcknowledgeAlertValidator : AbstractValidator<AcknowledgeAlert>
{
    public AcknowledgeAlertValidator() => RuleFor(c => c.AlertId).Must(Ids.AreValid).WithMessage(Ids.Rule);
}

public static class AcknowledgeAlertAggregateHandler
{
    public static object[] Handle(AcknowledgeAlert command, AlertCase? state, Actor by, DateTimeOffset now)
    {
        var alert = AlertCase.For(state, by);
        // whoever comes second finds it taken; that is no error
        if (alert.Status != AlertStatus.Raised) return [];
        return [new AlertAcknowledged(command.AlertId, alert.Raised.ClientId, by.Id)];
    }
}
