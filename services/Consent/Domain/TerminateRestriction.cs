using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class TerminateRestrictionValidator : AbstractValidator<TerminateRestriction>
{
    public TerminateRestrictionValidator()
    {
        RuleFor(c => c.RestrictionId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.InformedAt).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
    }
}

/// <summary>By the clinic that agreed: it opens nothing that was recorded until the client was told (45 CFR 164.522(a)(2)(iii)).</summary>
public static class TerminateRestrictionAggregateHandler
{
    public static object[] Handle(TerminateRestriction command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        var restriction = Array.Find(state?.Restrictions ?? [], r => r.Id == command.RestrictionId)
            ?? throw new RuleViolation("restriction_unknown", "The client has asked for no such restriction.", "restrictionId");
        if (!restriction.Holds) throw new RuleViolation("restriction_not_agreed", "Only what was agreed to and still holds is ended.", "restrictionId");
        if (restriction.Basis == RestrictionBases.PaidInFull)
            throw new RuleViolation("restriction_stays", "What a client has paid for in full is not the clinic's to open: 45 CFR 164.522(a)(2)(iii)(A).", "restrictionId");
        if (command.InformedAt > now) throw new RuleViolation("not_yet_informed", "It ends once the client has been told.", "informedAt");
        // Told once, a later word takes nothing back and an earlier one would open what was restricted meanwhile.
        if (restriction.RestrictedUntil is not null) return [];
        return [new RestrictionTerminated(command.ClientId, command.RestrictionId, command.InformedAt, DateOnly.FromDateTime(now.UtcDateTime))];
    }
}
