using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class ReinstateLicenceValidator : AbstractValidator<ReinstateLicence>
{
    public ReinstateLicenceValidator()
    {
        RuleFor(c => c.PractitionerId).IsId();
        RuleFor(c => c.Jurisdiction).IsRegion();
        RuleFor(c => c.EffectiveAt).IsSane();
        RuleFor(c => c.ReasonCode).IsCode();
    }
}

public static class ReinstateLicenceAggregateHandler
{
    public static object[] Handle(ReinstateLicence command, Practitioner? state, Actor by, DateTimeOffset now)
    {
        Licences.MustBeOperator(by);
        var practitioner = Licences.Verified(state, command.Jurisdiction);
        var interruptions = practitioner.Interruptions.Where(i => i.Jurisdiction == command.Jurisdiction).ToArray();
        var open = interruptions.Where(i => i.Until is null).ToArray();
        if (open.Length == 0)
            return interruptions.Any(i => i.Until == command.EffectiveAt)
                ? []
                : throw new RuleViolation("licence_not_interrupted", "The licence is neither lapsed nor suspended.", "jurisdiction");
        if (open.Any(i => command.EffectiveAt < i.From))
            throw new RuleViolation("before_interruption", "The licence cannot be reinstated from before its interruption began.", "effectiveAt");
        // what the register said before says nothing about afterwards
        var looked = practitioner.Licences.LastOrDefault(licence => licence.Jurisdiction == command.Jurisdiction);
        if (looked is null || looked.ExpiresAt <= now || open.Any(i => looked.CheckedAt < i.From))
            throw new RuleViolation("licence_check_missing", "The register must be asked again after the interruption began, before the licence is reinstated.");
        return [new LicenceReinstated(command.PractitionerId, command.Jurisdiction, command.EffectiveAt, command.ReasonCode, by.Id)];
    }
}
