using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class LapseLicenceValidator : AbstractValidator<LapseLicence>
{
    public LapseLicenceValidator()
    {
        RuleFor(c => c.PractitionerId).IsId();
        RuleFor(c => c.Jurisdiction).IsRegion();
        RuleFor(c => c.EffectiveAt).IsSane();
        RuleFor(c => c.ReasonCode).IsCode();
    }
}

public static class LapseLicenceAggregateHandler
{
    public static object[] Handle(LapseLicence command, Practitioner? state, Actor by, DateTimeOffset now) =>
        Licences.Interrupts(state, command.Jurisdiction, LicenceInterruption.Lapse, command.EffectiveAt, by)
            ? [new LicenceLapsed(command.PractitionerId, command.Jurisdiction, command.EffectiveAt, command.ReasonCode, by.Id)]
            : [];
}
