using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class AcceptAccountingFeeValidator : AbstractValidator<AcceptAccountingFee>
{
    public AcceptAccountingFeeValidator()
    {
        RuleFor(c => c.RequestId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
    }
}

public static class AcceptAccountingFeeAggregateHandler
{
    public static object[] Handle(AcceptAccountingFee command, Accountings? state, Actor by, DateTimeOffset now)
    {
        var request = state?.Find(command.RequestId)
            ?? throw new RuleViolation("accounting_unknown", "There is no such request.", "requestId");
        return request.FeeApplies && !request.FeeAccepted ? [new AccountingFeeAccepted(command.RequestId, command.ClientId)] : [];
    }
}
