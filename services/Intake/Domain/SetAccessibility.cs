using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class SetAccessibilityValidator : AbstractValidator<SetAccessibility>
{
    public SetAccessibilityValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.Needs).HasAtMost(10);
        RuleForEach(c => c.Needs).IsCode();
    }
}

public static class SetAccessibilityAggregateHandler
{
    public static object[] Handle(SetAccessibility command, Client? state, Actor by, DateTimeOffset now)
    {
        var set = new AccessibilitySet(command.ClientId, command.Needs);
        return Client.Registered(state).Technology.Accessibility == set ? [] : [set];
    }
}
