using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class VerifyingALicence
{
    private static readonly VerifyLicence Command =
        new("ther-1", "clinical-psychologist", "PYL-1", "GB", "hcpc", Spec.Now.AddYears(1));
    private static readonly LicenceVerified Verified =
        new("ther-1", "clinical-psychologist", "PYL-1", "GB", "hcpc", Spec.Now, Spec.Now.AddYears(1));

    [Fact]
    public void an_operator_records_a_check() => Spec.Given<Practitioner>()
        .When(Command, VerifyLicenceAggregateHandler.Handle, Spec.Operator).Then(Verified);

    [Fact, Trait("Scenario", "T3")]
    public void checking_again_is_a_fact_of_its_own_with_its_own_date() => Spec.Given<Practitioner>(Sample.Licence)
        .When(Command, VerifyLicenceAggregateHandler.Handle, Spec.Operator).Then(Verified);

    [Fact]
    public void nobody_but_an_operator_may_record_a_check()
    {
        foreach (var by in new[] { Spec.Therapist, Spec.ClientActor, Spec.Ehr, Spec.Service })
            Spec.Given<Practitioner>()
                .When(Command, VerifyLicenceAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void a_licence_that_expires_this_instant_has_expired() => Spec.Given<Practitioner>()
        .When(Command with { ExpiresAt = Spec.Now }, VerifyLicenceAggregateHandler.Handle, Spec.Operator)
        .ThenViolates("licence_expired", "expiresAt");

    [Fact]
    public void the_latest_check_of_a_licence_counts_beside_other_licences()
    {
        var elsewhere = Sample.Licence with { Jurisdiction = "IE", ExpiresAt = Spec.Now.AddDays(1) };
        var practitioner = Spec.Fold<Practitioner>(Sample.Licence, elsewhere, Verified)!;

        practitioner.Licences.ShouldBe([elsewhere, Verified]);
        practitioner.IsLicensedAt(Spec.Now.AddYears(1).AddTicks(-1)).ShouldBeTrue();
        practitioner.IsLicensedAt(Spec.Now.AddYears(1)).ShouldBeFalse();
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new VerifyLicenceValidator();
        validator.Validate(Command).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Command with { PractitionerId = "dr_roe" }, "PractitionerId");
        validator.ShouldBeInvalid(Command with { Profession = "" }, "Profession");
        validator.ShouldBeInvalid(Command with { Number = "" }, "Number");
        validator.ShouldBeInvalid(Command with { Number = new string('1', 65) }, "Number");
        validator.ShouldBeInvalid(Command with { Jurisdiction = "uk" }, "Jurisdiction");
        validator.ShouldBeInvalid(Command with { Source = "the phone" }, "Source");
        validator.ShouldBeInvalid(Command with { ExpiresAt = DateTimeOffset.MaxValue }, "ExpiresAt");
    }
}
