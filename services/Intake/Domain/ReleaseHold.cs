using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class ReleaseHoldValidator : AbstractValidator<ReleaseHold>
{
    public ReleaseHoldValidator()
    {
        RuleFor(c => c.HoldId).IsId();
        RuleFor(c => c.ClientId).IsId();
    }
}

public static class ReleaseHoldAggregateHandler
{
    public static object[] Handle(ReleaseHold command, ClientErasure? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Operator or Roles.Supervisor))
            throw new RuleViolation("role_not_permitted", "A hold is released by an operator or supervisor.");
        // released already is what was wanted
        return state?.Holds.Any(h => h.HoldId == command.HoldId) == true
            ? [new HoldReleased(command.HoldId, command.ClientId, by.Id)]
            : [];
    }
}
