using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

/// <summary>A grant that lacks a mandatory element is refused with the element named: domain rule 2.2.2.</summary>
public sealed class GrantConsentValidator : AbstractValidator<GrantConsent>
{
    public GrantConsentValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.DirectiveId).MustBeId();
        RuleFor(c => c.Grantor).NotNull().SetValidator(new GrantorValidator());
        RuleFor(c => c.Signature).NotNull().SetValidator(new SignatureValidator());
        RuleFor(c => c.ValidFrom).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
        RuleFor(c => c.ExpiresAt).Must(end => FieldRules.IsSane(end!.Value)).When(c => c.ExpiresAt is not null)
            .WithMessage(FieldRules.Insane);
        RuleFor(c => c.ExpiresAt).Must((c, end) => !(end <= c.ValidFrom)).WithMessage("must be after validFrom");
    }
}

public sealed class GrantorValidator : AbstractValidator<Grantor>
{
    public GrantorValidator()
    {
        RuleFor(g => g.Id).MustBeId();
        RuleFor(g => g.Relation).MustBeOneOf([Grantor.Self, Grantor.Proxy]);
    }
}

public sealed class SignatureValidator : AbstractValidator<Signature>
{
    public SignatureValidator()
    {
        RuleFor(s => s.Method).MustBeCode();
        RuleFor(s => s.SignedAt).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
        RuleFor(s => s.Hash).MustBeHash();
    }
}

public static class GrantConsentAggregateHandler
{
    // Two clocks are never equal; a signature a little ahead of ours is not a lie.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public static object[] Handle(GrantConsent command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Client or Roles.ClinicSystem or Roles.Therapist or Roles.Supervisor))
            throw new RuleViolation(
                "role_not_permitted", "Consent is given by the client, or recorded by clinic staff.");

        var directive = state?.Find(command.DirectiveId)
            ?? throw new RuleViolation("directive_unknown", "Only a proposed directive can be granted.", "directiveId");

        switch (directive.Status)
        {
            case DirectiveStatus.Active:
                return [];
            case DirectiveStatus.Refused:
                throw new RuleViolation(
                    "consent_refused", "Consenting after a refusal is a new directive.", "directiveId");
            case DirectiveStatus.Withdrawn:
                throw new RuleViolation(
                    "consent_withdrawn", "Consenting after a withdrawal is a new directive.", "directiveId");
        }

        if (command.Signature.SignedAt > now + ClockSkew)
            throw new RuleViolation(
                "signed_in_future", "A signature cannot be dated in the future.", "signature.signedAt");
        if (command.ExpiresAt <= now)
            throw new RuleViolation(
                "consent_expired", "A consent that has already expired cannot be given.", "expiresAt");

        return
        [
            new ConsentGranted(
                command.ClientId, directive.Id, directive.Version + 1, directive.Document, directive.Scopes,
                command.Grantor, command.Signature, command.ValidFrom, command.ExpiresAt)
        ];
    }
}
