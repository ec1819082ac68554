using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class SuspendLicenceValidator : AbstractValidator<SuspendLicence>
{
    public SuspendLicenceValidator()
    {
        RuleFor(c => c.PractitionerId).IsId();
        RuleFor(c => c.Jurisdiction).IsRegion();
        RuleFor(c => c.EffectiveAt).IsSane();
        RuleFor(c => c.ReasonCode).IsCode();
    }
}

public static class SuspendLicenceAggregateHandler
{
    public static object[] Handle(SuspendLicence command, Practitioner? state, Actor by, DateTimeOffset now) =>
        Licences.Interrupts(state, command.Jurisdiction, LicenceInterruption.Suspension, command.EffectiveAt, by)
            ? [new LicenceSuspended(command.PractitionerId, command.Jurisdiction, command.EffectiveAt, command.ReasonCode, by.Id)]
            : [];
}
