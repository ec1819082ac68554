using Clinic.Contracts;
using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class ReleaseTherapistValidator : AbstractValidator<ReleaseTherapist>
{
    public ReleaseTherapistValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.PractitionerId).IsId();
    }
}

public static class ReleaseTherapistAggregateHandler
{
    public static object[] Handle(ReleaseTherapist command, TherapistOfRecord? state, Actor by, DateTimeOffset now)
    {
        Assigners.MustBe(by);
        return state?.PractitionerId == command.PractitionerId ? [new TherapistReleased(command.ClientId, command.PractitionerId)] : [];
    }
}
