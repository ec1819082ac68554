using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class WithdrawConsentValidator : AbstractValidator<WithdrawConsent>
{
    public WithdrawConsentValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.RequestedBy).MustBeId();
        RuleFor(c => c.Channel).MustBeCode();
        RuleFor(c => c.DirectiveId).MustBeId().When(c => c.DirectiveId is not null);
        RuleFor(c => c.EffectiveAt).Must(at => FieldRules.IsSane(at!.Value)).When(c => c.EffectiveAt is not null)
            .WithMessage(FieldRules.Insane);
        RuleFor(c => c.Reason).MaximumLength(1000);
    }
}

public static class WithdrawConsentAggregateHandler
{
    public static object[] Handle(WithdrawConsent command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        // Everybody a client may turn to: withdrawing is as easy as giving (GDPR 7(3)).
        if (by.Role is not
            (Roles.Client or Roles.ClinicSystem or Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter))
            throw new RuleViolation(
                "role_not_permitted", "Consent is withdrawn by the client, or recorded by clinic staff.");

        // Prospective: what left before this was recorded left lawfully, whatever instant the withdrawal names. It is flagged.
        var effectiveAt = command.EffectiveAt is { } stated && stated > now ? stated : now;
        var since = command.EffectiveAt < now ? command.EffectiveAt : null;

        return Chosen(command, state, effectiveAt)
            .Where(directive => EndsEarlier(directive, effectiveAt, since))
            .Select(directive => new ConsentWithdrawn(
                command.ClientId, directive.Id, directive.Version + 1, directive.Scopes, effectiveAt,
                command.RequestedBy, command.Channel, command.Reason, since))
            .ToArray<object>();
    }

    private static Directive[] Chosen(WithdrawConsent command, ClientConsents? state, DateTimeOffset effectiveAt)
    {
        if (command.DirectiveId is null)
            // Withdrawn is among them: one that is to end later than now asked for still holds. What the client forbids is not:
            // "nothing more of this" does not mean "and tell whom I forbade".
            return state?.Directives.Where(d => d.ValidFrom is not null && !d.IsExpiredAt(effectiveAt) && !d.Forbids).ToArray() ?? [];

        return
        [
            state?.Find(command.DirectiveId)
                ?? throw new RuleViolation("directive_unknown", "The client has no such directive.", "directiveId")
        ];
    }

    private static bool EndsEarlier(Directive directive, DateTimeOffset effectiveAt, DateTimeOffset? since) => directive.Status switch
    {
        DirectiveStatus.Withdrawn => (since ?? effectiveAt) < directive.WithdrawnFrom,
        DirectiveStatus.Proposed or DirectiveStatus.Active => true,
        DirectiveStatus.Superseded or DirectiveStatus.Expired => effectiveAt < directive.EndedFrom,
        _ => false
    };
}
