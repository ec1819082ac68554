using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RequestAccountingValidator : AbstractValidator<RequestAccounting>
{
    public RequestAccountingValidator()
    {
        RuleFor(c => c.RequestId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Regime).MustBeOneOf(AccountingRegimes.All);
    }
}

public static class RequestAccountingAggregateHandler
{
    public static object[] Handle(RequestAccounting command, Accountings? state, Actor by, DateTimeOffset now)
    {
        if (state?.Find(command.RequestId) is { } known)
            return known.Regime == command.Regime
                ? []
                : throw new RuleViolation("accounting_exists", "This id belongs to another request.", "requestId");
        // The first in any twelve months is free; what the client may know under the GDPR always is.
        var fee = command.Regime == AccountingRegimes.Hipaa && state?.Issuances.Any(at => at > now.AddMonths(-12)) == true;
        return [new AccountingRequested(command.RequestId, command.ClientId, command.Regime, now + ConsentPolicy.AccountingDue, fee)];
    }
}
