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
        RuleFor(c => c.ExpiryEvent).MustBeCode().When(c => c.ExpiryEvent is not null);
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

/// <summary>The document the directive rests on, with all its versions.</summary>
public sealed record GrantFacts(Actor By, ConsentDocument? Document);

public static class GrantConsentAggregateHandler
{
    // Two clocks are never equal; a signature a little ahead of ours is not a lie.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public static object[] Handle(GrantConsent command, ClientConsents? state, GrantFacts facts, DateTimeOffset now)
    {
        var by = facts.By;
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
            case not DirectiveStatus.Proposed:
                throw new RuleViolation("consent_ended", "Consenting again is a new directive.", "directiveId");
        }

        if (command.Signature.SignedAt > now + ClockSkew)
            throw new RuleViolation(
                "signed_in_future", "A signature cannot be dated in the future.", "signature.signedAt");
        if (command.ExpiresAt <= now)
            throw new RuleViolation(
                "consent_expired", "A consent that has already expired cannot be given.", "expiresAt");

        // Proposed before documents had types: nothing says what it would have to contain.
        if (directive.DocumentType is { } type)
        {
            var text = facts.Document?.Find(directive.Document.Version, directive.Document.Language);
            // Whoever agreed to the earlier text before has been asked again; this would slip past that. What is forbidden asks nobody.
            if (!directive.Forbids && facts.Document?.Texts.Any(t => t.Language == directive.Document.Language && t.Version > directive.Document.Version
                    && t.Reconsent != ReconsentPolicies.None) == true)
                throw new RuleViolation("document_superseded", "A later version of this document has to be agreed to instead.", "directiveId");
            if (MandatoryElements.MissingFrom(type, text?.Elements ?? [], directive, command) is { } missing)
                throw new RuleViolation("element_missing", $"A consent of type {type} needs this element: {missing}.", missing);
        }

        if (command.Grantor.Relation == Grantor.Self && command.Grantor.Id != command.ClientId)
            throw new RuleViolation("grantor_not_client", "Who signs for themselves is the client; anybody else signs as a proxy.", "grantor");
        ProxyAuthority? authority = null;
        if (command.Grantor.Relation == Grantor.Proxy)
        {
            authority = state!.AuthorityOf(command.Grantor.Id, now)
                ?? throw new RuleViolation("proxy_authority_missing", "Nobody has recorded that this person may decide for the client.", "grantor");
            if (!authority.MayGrant(directive.Scopes))
                throw new RuleViolation("proxy_authority_limited", "This person's authority does not reach this far.", "grantor");
        }

        var granted = new ConsentGranted(
            command.ClientId, directive.Id, directive.Version + 1, directive.Document, directive.Scopes,
            command.Grantor, command.Signature, command.ValidFrom, command.ExpiresAt, command.ExpiryEvent, authority?.Id);
        // What it replaces holds until it begins; a denial is lifted by its name only.
        return directive.Replaces is { } replaced && state!.Find(replaced) is { Forbids: false } old && old.HoldsNowOrLater(now)
            ? [granted, new ConsentSuperseded(command.ClientId, old.Id, old.Version + 1, old.Scopes, directive.Id, command.ValidFrom > now ? command.ValidFrom : now)]
            : [granted];
    }
}
