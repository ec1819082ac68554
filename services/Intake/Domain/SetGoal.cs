using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class SetGoalValidator : AbstractValidator<SetGoal>
{
    public SetGoalValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.GoalId).IsId();
        RuleFor(c => c.Text).NotEmpty().MaximumLength(1000);
        RuleFor(c => c.ReviewBy).Must(day => day is null || day.Value.Year is >= 2000 and < 2100).WithMessage("must lie between 2000 and 2100");
    }
}

public static class SetGoalAggregateHandler
{
    public static object[] Handle(SetGoal command, Client? state, Actor by, DateTimeOffset now)
    {
        var set = new GoalSet(command.ClientId, command.GoalId, command.Text, command.ReviewBy);
        return Client.Registered(state).Problems.Goals.Contains(set) ? [] : [set];
    }
}
