using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class ExtendAccountingValidator : AbstractValidator<ExtendAccounting>
{
    public ExtendAccountingValidator()
    {
        RuleFor(c => c.RequestId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Reason).NotEmpty().MaximumLength(2000);
    }
}

public static class ExtendAccountingAggregateHandler
{
    public static object[] Handle(ExtendAccounting command, Accountings? state, Actor by, DateTimeOffset now)
    {
        var request = state?.Find(command.RequestId)
            ?? throw new RuleViolation("accounting_unknown", "There is no such request.", "requestId");
        if (request.Extended || request.IssuedAt is not null) return [];
        if (request.Regime == AccountingRegimes.Intermediary)
            throw new RuleViolation("term_fixed", "A list of disclosures by intermediaries is due within 30 days; the law knows no longer term.", "requestId");
        if (request.DueAt <= now) throw new RuleViolation("term_passed", "A term is extended before it has passed.", "requestId");
        return [new AccountingExtended(command.RequestId, command.ClientId, command.Reason, request.DueAt + ConsentPolicy.AccountingExtension)];
    }
}
