using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RequestAmendmentValidator : AbstractValidator<RequestAmendment>
{
    public RequestAmendmentValidator()
    {
        RuleFor(c => c.AmendmentId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Category).MustBeCode();
        RuleFor(c => c.Statement).NotEmpty().MaximumLength(4000);
        RuleFor(c => c.ItemId).MustBeId().When(c => c.ItemId is not null);
    }
}

public static class RequestAmendmentAggregateHandler
{
    public static object[] Handle(RequestAmendment command, Amendment? state, Actor by, DateTimeOffset now)
    {
        if (state is null)
            return [new AmendmentRequested(command.AmendmentId, command.ClientId, command.Category, command.Statement, now + ConsentPolicy.AmendmentDue, command.ItemId)];
        return (state.ClientId, state.Category) == (command.ClientId, command.Category)
            ? []
            : throw new RuleViolation("amendment_exists", "This id belongs to another request.", "amendmentId");
    }
}

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

public sealed class StateDisagreementValidator : AbstractValidator<StateDisagreement>
{
    public StateDisagreementValidator()
    {
        RuleFor(c => c.AmendmentId).MustBeId();
        RuleFor(c => c.Statement).NotEmpty().MaximumLength(4000);
    }
}

public static class StateDisagreementAggregateHandler
{
    public static object[] Handle(StateDisagreement command, Amendment? state, Actor by, DateTimeOffset now)
    {
        if (state is not { Accepted: false })
            throw new RuleViolation("amendment_not_denied", "One disagrees with what was denied.", "amendmentId");
        return state.Disagreed ? [] : [new DisagreementStated(command.AmendmentId, state.ClientId, command.Statement)];
    }
}
