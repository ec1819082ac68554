using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class ReaffirmConsentValidator : AbstractValidator<ReaffirmConsent>
{
    public ReaffirmConsentValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.DirectiveId).MustBeId().When(c => c.DirectiveId is not null);
    }
}

public static class ReaffirmConsentAggregateHandler
{
    public static object[] Handle(ReaffirmConsent command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        if (command.DirectiveId is not null && state?.Find(command.DirectiveId) is null)
            throw new RuleViolation("directive_unknown", "The client has no such directive.", "directiveId");
        return
        [
            .. (state?.Directives ?? [])
                .Where(d => d.IsHeldAt(now) && d.HoldsNowOrLater(now) && (command.DirectiveId is null || d.Id == command.DirectiveId))
                .Select(d => new ConsentReaffirmed(command.ClientId, d.Id, d.Version + 1, d.Scopes))
        ];
    }
}
