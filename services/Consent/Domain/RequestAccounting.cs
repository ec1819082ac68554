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
        RuleFor(c => c.From).Must(day => FieldRules.IsSane(day!.Value)).When(c => c.From is not null).WithMessage(FieldRules.Insane);
        RuleFor(c => c.To).Must(day => FieldRules.IsSane(day!.Value)).When(c => c.To is not null).WithMessage(FieldRules.Insane);
        RuleFor(c => c.StatementHash).MustBeHash().When(c => c.StatementHash is not null);
        RuleFor(c => c.To).Must((c, to) => !(to < c.From)).WithMessage("must not be before from");
    }
}

public static class RequestAccountingAggregateHandler
{
    public static object[] Handle(RequestAccounting command, Accountings? state, Actor by, DateTimeOffset now)
    {
        if (state?.Find(command.RequestId) is { } known)
            return (known.Regime, known.From, known.To) == (command.Regime, command.From, command.To)
                ? []
                : throw new RuleViolation("accounting_exists", "This id belongs to another request.", "requestId");
        // 42 CFR 2.24(a)(1); what a client asks here is written.
        if (command.Regime == AccountingRegimes.Intermediary && by.Role != Roles.Client && command.StatementHash is null)
            throw new RuleViolation("writing_needed", "A list of disclosures by intermediaries is asked for in writing.", "statementHash");
        // The first in any twelve months is free, and one that is still to be issued is that one; other regimes always are free.
        var fee = command.Regime == AccountingRegimes.Hipaa
            && state?.Requests.Any(r => r.Regime == AccountingRegimes.Hipaa && (r.IssuedAt ?? r.AskedAt) > now.AddMonths(-12)) == true;
        return [new AccountingRequested(command.RequestId, command.ClientId, command.Regime, now + ConsentPolicy.TermOf(command.Regime), fee, command.From, command.To, command.StatementHash)];
    }
}
