using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class DecideRestrictionValidator : AbstractValidator<DecideRestriction>
{
    public DecideRestrictionValidator()
    {
        RuleFor(c => c.RestrictionId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Basis).MustBeCode();
    }
}

public static class DecideRestrictionAggregateHandler
{
    public static object[] Handle(DecideRestriction command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        var restriction = Array.Find(state?.Restrictions ?? [], r => r.Id == command.RestrictionId)
            ?? throw new RuleViolation("restriction_unknown", "The client has asked for no such restriction.", "restrictionId");
        if (restriction.Ended && restriction.Agreed is null) throw new RuleViolation("restriction_ended", "The client no longer asks for it.", "restrictionId");
        if (restriction.Agreed is null) return [new RestrictionDecided(command.ClientId, command.RestrictionId, command.Agreed, command.Basis)];
        return (restriction.Agreed, restriction.Basis) == (command.Agreed, command.Basis)
            ? []
            : throw new RuleViolation("restriction_decided", "This request was answered already.", "restrictionId");
    }
}
