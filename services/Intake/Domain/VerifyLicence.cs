using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class VerifyLicenceValidator : AbstractValidator<VerifyLicence>
{
    public VerifyLicenceValidator()
    {
        RuleFor(c => c.PractitionerId).IsId();
        RuleFor(c => c.Profession).IsCode();
        RuleFor(c => c.Number).NotEmpty().MaximumLength(64);
        RuleFor(c => c.Jurisdiction).IsRegion();
        RuleFor(c => c.Source).IsCode();
        RuleFor(c => c.ExpiresAt).IsSane();
    }
}

public static class VerifyLicenceAggregateHandler
{
    public static object[] Handle(VerifyLicence command, Practitioner? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Operator)
            throw new RuleViolation("role_not_permitted", "Only an operator may record a licence check.");
        if (command.ExpiresAt <= now)
            throw new RuleViolation("licence_expired", "An expired licence cannot be verified.", "expiresAt");

        // Never a no-op: clients are shown when a licence was last checked, so the same result on another day is news.
        return
        [
            new LicenceVerified(
                command.PractitionerId, command.Profession, command.Number, command.Jurisdiction, command.Source, now,
                command.ExpiresAt)
        ];
    }
}
