using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class PlaceHoldValidator : AbstractValidator<PlaceHold>
{
    public PlaceHoldValidator()
    {
        RuleFor(c => c.HoldId).IsId();
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.Basis).IsCode();
        RuleFor(c => c.Reference).IsId();
    }
}

public static class PlaceHoldAggregateHandler
{
    public static object[] Handle(PlaceHold command, ClientErasure? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Operator or Roles.Supervisor))
            throw new RuleViolation("role_not_permitted", "A hold is placed by an operator or supervisor.");
        var placed = new HoldPlaced(command.HoldId, command.ClientId, command.Basis, command.Reference, by.Id);
        if (state?.Holds.FirstOrDefault(h => h.HoldId == command.HoldId) is { } earlier)
            return earlier with { PlacedBy = by.Id } == placed
                ? []
                : throw new RuleViolation("hold_exists", "Another hold on this client has this id.", "holdId");
        // whoever relies on a hold must know that it keeps something
        if (state?.Running is not null || state?.Erased([ClientErasure.EveryClass]) == true)
            throw new RuleViolation("erasure_began", "The client's data is being erased, or was; a hold comes too late.", "clientId");
        return [placed];
    }
}
