using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

/// <summary>
/// A scope carries exactly what its kind needs: a member that is ignored would be a promise not kept.
/// </summary>
public sealed class ConsentScopeValidator : AbstractValidator<ConsentScope>
{
    private static readonly string[] WithValue = [ScopeKinds.Modality, ScopeKinds.Platform, ScopeKinds.Research];

    // Notes and proceedings have their own rules and say besides to whom: an authorisation without a recipient is none.
    private static readonly string[] MayName = [ScopeKinds.PsychotherapyNotes, ScopeKinds.SudCounselingNotes, ScopeKinds.LegalProceedings];

    public ConsentScopeValidator()
    {
        RuleFor(s => s.Kind).MustBeOneOf(ScopeKinds.All);
        RuleFor(s => s.Value).MustBeCode().When(s => WithValue.Contains(s.Kind));
        RuleFor(s => s.Value).Null().When(s => !WithValue.Contains(s.Kind));
        RuleFor(s => s.Disclosure).NotNull().When(s => s.Kind == ScopeKinds.Disclosure);
        RuleFor(s => s.Disclosure).Null().When(s => s.Kind != ScopeKinds.Disclosure && !MayName.Contains(s.Kind));
        RuleFor(s => s.Disclosure).Must(d => d is not { Denies: true }).When(s => MayName.Contains(s.Kind)).WithMessage("is forbidden with kind disclosure");
        RuleFor(s => s.Disclosure!).SetValidator(new DisclosureScopeValidator()).When(s => s.Disclosure is not null);
    }
}

public sealed class DisclosureScopeValidator : AbstractValidator<DisclosureScope>
{
    public DisclosureScopeValidator()
    {
        RuleFor(d => d.RecipientId).MustBeId();
        RuleFor(d => d.RecipientId).NotEqual(DisclosureScope.Any).When(d => !d.Denies).WithMessage("must name one recipient");
        RuleFor(d => d.Purpose).MustBeOneOf(PurposesOfUse.All).When(d => !d.Denies);
        RuleFor(d => d.Purpose).MustBeOneOf([.. PurposesOfUse.All, DisclosureScope.Any]).When(d => d.Denies);
        RuleFor(d => d.Categories).MustHaveLength(1, 20).When(d => !d.Denies);
        RuleFor(d => d.Categories).MustHaveLength(0, 20).When(d => d.Denies);
        RuleForEach(d => d.Categories).MustBeCode();
        RuleFor(d => d.Sensitivity).MustHaveLength(0, 20);
        RuleForEach(d => d.Sensitivity).MustBeOneOf(SensitivityLabels.All);
        RuleFor(d => d.PeriodFrom).Must(from => FieldRules.IsSane(from!.Value)).When(d => d.PeriodFrom is not null)
            .WithMessage(FieldRules.Insane);
        RuleFor(d => d.PeriodTo).Must(to => FieldRules.IsSane(to!.Value)).When(d => d.PeriodTo is not null)
            .WithMessage(FieldRules.Insane);
        RuleFor(d => d.PeriodTo).Must((scope, to) => !(to < scope.PeriodFrom))
            .WithMessage("must not be before periodFrom");
        RuleFor(d => d.Onward).Null().When(d => d.Denies).WithMessage("is for what is allowed");
        RuleFor(d => d.Onward!).MustHaveLength(1, 50).When(d => d.Onward is not null);
        RuleForEach(d => d.Onward).MustBeId().When(d => d.Onward is not null);
        RuleFor(d => d.Onward).Must(onward => onward is not { Length: > 1 } || !onward.Contains(DisclosureScope.TreatingProviders))
            .WithMessage($"{DisclosureScope.TreatingProviders} stands alone");
        RuleFor(d => d.Effect).MustBeOneOf([DisclosureScope.Deny]).When(d => d.Effect is not null);
    }
}
