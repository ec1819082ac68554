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

/// <summary>The issuing endpoint's own command: what was put together is said to be given, before it is.</summary>
public sealed record IssueAccounting(string ClientId, string RequestId, int Entries, string ContentHash, DateTimeOffset UpTo);

public static class IssueAccountingAggregateHandler
{
    public static object[] Handle(IssueAccounting command, Accountings? state, Actor by, DateTimeOffset now)
    {
        var request = state?.Find(command.RequestId)
            ?? throw new RuleViolation("accounting_unknown", "There is no such request.", "requestId");
        // Notice before charge: 45 CFR 164.528(c)(2) (T50).
        if (request is { FeeApplies: true, FeeAccepted: false })
            throw new RuleViolation("fee_notice", "A second accounting within twelve months may cost a fee; it is issued when the client accepts that.", "requestId");
        return [new AccountingIssued(command.RequestId, command.ClientId, request.Regime, command.Entries, command.ContentHash, command.UpTo)];
    }
}

public sealed class SuspendAccountingValidator : AbstractValidator<SuspendAccounting>
{
    public SuspendAccountingValidator()
    {
        RuleFor(c => c.SuspensionId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.AgencyId).MustBeId();
        RuleFor(c => c.Until).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
        RuleFor(c => c.StatementHash).MustBeHash().When(c => c.Written || c.StatementHash is not null);
    }
}

public static class SuspendAccountingAggregateHandler
{
    public static object[] Handle(SuspendAccounting command, Accountings? state, Actor by, DateTimeOffset now)
    {
        if (command.Until <= now) throw new RuleViolation("suspension_over", "A suspension ends in the future.", "until");
        var known = Array.Find(state?.Suspensions ?? [], s => s.Id == command.SuspensionId);
        if (known is not null && (known.Written, known.Until, known.AgencyId) == (command.Written, command.Until, command.AgencyId)) return [];
        if (known is { Written: true } || (known is not null && !command.Written))
            throw new RuleViolation("suspension_exists", "Only a writing takes the place of an oral suspension.", "suspensionId");
        var from = known?.From ?? now;
        if (!command.Written && command.Until - from > ConsentPolicy.OralSuspension)
            throw new RuleViolation("oral_suspension_too_long", "Asked orally, a suspension ends after 30 days at the latest.", "until");
        return
        [
            new AccountingSuspended(
                command.SuspensionId, command.ClientId, command.AgencyId, command.Written, from, command.Until, command.StatementHash)
        ];
    }
}
