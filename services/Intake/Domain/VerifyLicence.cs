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
        When(c => c.Compact is not null, () =>
        {
            RuleFor(c => c.Compact!.Compact).IsCode();
            RuleFor(c => c.Compact!.Credentials).NotEmpty().HasAtMost(5);
            RuleForEach(c => c.Compact!.Credentials).IsCode();
            RuleFor(c => c.Compact!.Jurisdictions).NotEmpty().HasAtMost(60);
            RuleForEach(c => c.Compact!.Jurisdictions).IsRegion();
        });
    }
}

public static class VerifyLicenceAggregateHandler
{
    public static object[] Handle(VerifyLicence command, Practitioner? state, Actor by, DateTimeOffset now)
    {
        Licences.MustBeOperator(by);
        if (command.ExpiresAt <= now)
            throw new RuleViolation("licence_expired", "An expired licence cannot be verified.", "expiresAt");
        if (command.Compact is { Compact: Jurisdictions.Psypact } compact && Jurisdictions.PsypactCredentials.Except(compact.Credentials).FirstOrDefault() is { } missing)
            throw new RuleViolation("compact_credential_missing", $"PSYPACT needs the credential '{missing}'.", "compact.credentials");

        // Never a no-op: clients are shown when a licence was last checked, so the same result on another day is news.
        return
        [
            new LicenceVerified(
                command.PractitionerId, command.Profession, command.Number, command.Jurisdiction, command.Source, now,
                command.ExpiresAt, command.Compact)
        ];
    }
}
