using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class SetRetentionValidator : AbstractValidator<SetRetention>
{
    public SetRetentionValidator()
    {
        RuleFor(c => c.DataClass).IsOneOf(DataClasses.All);
        RuleFor(c => c.KeepDays).InclusiveBetween(1, 36_500);
    }
}

public static class SetRetentionAggregateHandler
{
    public static object[] Handle(SetRetention command, RetentionPolicy? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Operator or Roles.Supervisor))
            throw new RuleViolation("role_not_permitted", "Retention is set by an operator or supervisor.");
        return state?.Classes.FirstOrDefault(c => c.DataClass == command.DataClass)?.KeepDays == command.KeepDays
            ? []
            : [new RetentionSet(command.DataClass, command.KeepDays, by.Id)];
    }
}
