using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class DecideAmendmentValidator : AbstractValidator<DecideAmendment>
{
    public DecideAmendmentValidator()
    {
        RuleFor(c => c.AmendmentId).MustBeId();
        RuleFor(c => c.Basis).MustBeCode();
        RuleFor(c => c.Explanation).NotEmpty().When(c => !c.Accepted).MaximumLength(4000);
    }
}

public static class DecideAmendmentAggregateHandler
{
    public static object[] Handle(DecideAmendment command, Amendment? state, Actor by, DateTimeOffset now)
    {
        if (state is null) throw new RuleViolation("amendment_unknown", "There is no such request.", "amendmentId");
        if (state.Accepted is null)
            return [new AmendmentDecided(command.AmendmentId, state.ClientId, command.Accepted, command.Basis, by.Id, command.Explanation)];
        return (state.Accepted, state.Basis) == (command.Accepted, command.Basis)
            ? []
            : throw new RuleViolation("amendment_decided", "This request was answered already.", "amendmentId");
    }
}
