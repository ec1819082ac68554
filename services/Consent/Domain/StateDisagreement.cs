using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

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
