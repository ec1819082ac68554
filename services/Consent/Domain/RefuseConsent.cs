using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RefuseConsentValidator : AbstractValidator<RefuseConsent>
{
    public RefuseConsentValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.DirectiveId).MustBeId();
    }
}

public static class RefuseConsentAggregateHandler
{
    public static object[] Handle(RefuseConsent command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Client or Roles.ClinicSystem or Roles.Therapist or Roles.Supervisor))
            throw new RuleViolation(
                "role_not_permitted", "Consent is refused by the client, or recorded by clinic staff.");

        var directive = state?.Find(command.DirectiveId)
            ?? throw new RuleViolation("directive_unknown", "Only a proposed directive can be refused.", "directiveId");

        return directive.Status switch
        {
            DirectiveStatus.Refused => [],
            DirectiveStatus.Proposed =>
                [new ConsentRefused(command.ClientId, directive.Id, directive.Version + 1, directive.Scopes)],
            DirectiveStatus.Withdrawn =>
                throw new RuleViolation("consent_withdrawn", "The directive was withdrawn already.", "directiveId"),
            _ => throw new RuleViolation(
                "consent_active", "A consent that was given is withdrawn, not refused.", "directiveId")
        };
    }
}
