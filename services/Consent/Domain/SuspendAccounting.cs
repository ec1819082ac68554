using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

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
        // A second word of mouth would go on where the first one ended.
        if (!command.Written && Array.Exists(state?.Suspensions ?? [], s => s.AgencyId == command.AgencyId && !s.Written))
            throw new RuleViolation("writing_needed", "This agency has asked orally before; longer than that it asks in writing.", "written");
        if (!command.Written && command.Until - from > ConsentPolicy.OralSuspension)
            throw new RuleViolation("oral_suspension_too_long", "Asked orally, a suspension ends after 30 days at the latest.", "until");
        return
        [
            new AccountingSuspended(
                command.SuspensionId, command.ClientId, command.AgencyId, command.Written, from, command.Until, command.StatementHash)
        ];
    }
}
