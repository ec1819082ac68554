using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class EndRestrictionValidator : AbstractValidator<EndRestriction>
{
    public EndRestrictionValidator()
    {
        RuleFor(c => c.RestrictionId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
    }
}

/// <summary>By the client and by its name, like a denial (ADR 36): the clinic that agreed does not take it back.</summary>
public static class EndRestrictionAggregateHandler
{
    public static object[] Handle(EndRestriction command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Client) throw new RuleViolation("role_not_permitted", "What a client wanted restricted is opened by the client.");
        var restriction = Array.Find(state?.Restrictions ?? [], r => r.Id == command.RestrictionId)
            ?? throw new RuleViolation("restriction_unknown", "The client has asked for no such restriction.", "restrictionId");
        return restriction.Ended ? [] : [new RestrictionEnded(command.ClientId, command.RestrictionId)];
    }
}
