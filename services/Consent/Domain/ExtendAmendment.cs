using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class ExtendAmendmentValidator : AbstractValidator<ExtendAmendment>
{
    public ExtendAmendmentValidator()
    {
        RuleFor(c => c.AmendmentId).MustBeId();
        RuleFor(c => c.Reason).NotEmpty().MaximumLength(2000);
    }
}

public static class ExtendAmendmentAggregateHandler
{
    public static object[] Handle(ExtendAmendment command, Amendment? state, Actor by, DateTimeOffset now)
    {
        if (state is null) throw new RuleViolation("amendment_unknown", "There is no such request.", "amendmentId");
        if (state.Extended || state.Accepted is not null) return [];
        if (state.DueAt <= now) throw new RuleViolation("term_passed", "A term is extended before it has passed.", "amendmentId");
        return [new AmendmentExtended(command.AmendmentId, state.ClientId, command.Reason, state.DueAt + ConsentPolicy.AmendmentExtension)];
    }
}
