using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class InterruptedLicences
{
    private static readonly DateTimeOffset Yesterday = Spec.Now.AddDays(-1);
    private static readonly LapseLicence Lapse = new("ther-1", "GB", Yesterday, "not-renewed");
    private static readonly LicenceLapsed Lapsed = new("ther-1", "GB", Yesterday, "not-renewed", "op-1");
    private static readonly LicenceVerified CheckedAgain = Sample.Licence with { CheckedAt = Spec.Now, ExpiresAt = Spec.Now.AddYears(2) };
    private static readonly ReinstateLicence Reinstate = new("ther-1", "GB", Spec.Now, "renewed");

    private static Eligibility At(DateTimeOffset instant, params object[] events) => Eligibility.Of(Spec.Fold<Practitioner>(events)!, "GB", instant, []);

    [Fact, Trait("Scenario", "T37")]
    public void a_lapse_learned_late_counts_from_when_it_was_effective_and_deletes_nothing()
    {
        Spec.Given<Practitioner>(Sample.Licence).When(Lapse, LapseLicenceAggregateHandler.Handle, Spec.Operator).Then(Lapsed);
        At(Yesterday.AddTicks(-1), Sample.Licence, Lapsed).Eligible.ShouldBeTrue();
        At(Yesterday, Sample.Licence, Lapsed).Reasons.ShouldBe(["licence-lapsed"]);
        Spec.Fold<Practitioner>(Sample.Licence, Lapsed)!.Licences.ShouldBe([Sample.Licence]);
    }

    [Fact]
    public void learning_it_twice_changes_nothing_and_learning_of_an_earlier_beginning_moves_it()
    {
        var given = Spec.Given<Practitioner>(Sample.Licence, Lapsed);
        given.When(Lapse, LapseLicenceAggregateHandler.Handle, Spec.Operator).ThenNothing();
        given.When(Lapse with { EffectiveAt = Spec.Now }, LapseLicenceAggregateHandler.Handle, Spec.Operator).ThenViolates("licence_interrupted", "effectiveAt");
        var earlier = Lapsed with { EffectiveAt = Yesterday.AddDays(-3) };
        given.When(Lapse with { EffectiveAt = earlier.EffectiveAt }, LapseLicenceAggregateHandler.Handle, Spec.Operator).Then(earlier);
        At(Yesterday.AddDays(-2), Sample.Licence, Lapsed, earlier).Eligible.ShouldBeFalse();
    }

    [Fact]
    public void a_suspension_is_named_as_one() => At(Spec.Now, Sample.Licence, new LicenceSuspended("ther-1", "GB", Spec.Now, "complaint", "op-1"))
        .Reasons.ShouldBe(["licence-suspended"]);

    [Fact]
    public void only_what_was_verified_can_lapse() => Spec.Given<Practitioner>(Sample.Licence)
        .When(Lapse with { Jurisdiction = "IE" }, LapseLicenceAggregateHandler.Handle, Spec.Operator).ThenViolates("licence_unknown", "jurisdiction");

    [Fact]
    public void nobody_but_an_operator_records_what_a_register_says()
    {
        Spec.Given<Practitioner>(Sample.Licence).When(Lapse, LapseLicenceAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
        Spec.Given<Practitioner>(Sample.Licence).When(new SuspendLicence("ther-1", "GB", Spec.Now, "complaint"), SuspendLicenceAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("role_not_permitted");
        Spec.Given<Practitioner>(Sample.Licence, Lapsed).When(Reinstate, ReinstateLicenceAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void a_new_check_alone_does_not_reinstate() => At(Spec.Now.AddDays(1), Sample.Licence, Lapsed, CheckedAgain).Reasons.ShouldBe(["licence-lapsed"]);

    [Fact]
    public void reinstatement_rests_on_a_look_up_made_after_the_interruption()
    {
        Spec.Given<Practitioner>(Sample.Licence, Lapsed).When(Reinstate, ReinstateLicenceAggregateHandler.Handle, Spec.Operator).ThenViolates("licence_check_missing");
        var reinstated = new LicenceReinstated("ther-1", "GB", Spec.Now, "renewed", "op-1");
        Spec.Given<Practitioner>(Sample.Licence, Lapsed, CheckedAgain).When(Reinstate, ReinstateLicenceAggregateHandler.Handle, Spec.Operator).Then(reinstated);
        At(Spec.Now, Sample.Licence, Lapsed, CheckedAgain, reinstated).Eligible.ShouldBeTrue();
        // what was done in between stays done without a licence
        At(Spec.Now.AddTicks(-1), Sample.Licence, Lapsed, CheckedAgain, reinstated).Eligible.ShouldBeFalse();
        Spec.Given<Practitioner>(Sample.Licence, Lapsed, CheckedAgain, reinstated).When(Reinstate, ReinstateLicenceAggregateHandler.Handle, Spec.Operator).ThenNothing();
    }

    [Fact]
    public void reinstatement_needs_an_interruption_and_does_not_reach_back_behind_it()
    {
        Spec.Given<Practitioner>(Sample.Licence).When(Reinstate, ReinstateLicenceAggregateHandler.Handle, Spec.Operator).ThenViolates("licence_not_interrupted");
        Spec.Given<Practitioner>(Sample.Licence, Lapsed, CheckedAgain)
            .When(Reinstate with { EffectiveAt = Yesterday.AddHours(-1) }, ReinstateLicenceAggregateHandler.Handle, Spec.Operator).ThenViolates("before_interruption", "effectiveAt");
    }

    [Fact]
    public void a_suspended_clinician_decides_nothing()
    {
        var suspended = Spec.Fold<Practitioner>(Sample.Licence, new LicenceSuspended("ther-1", "GB", Spec.Now, "complaint", "op-1"));
        Spec.Given<Client>(Sample.Registered, Sample.Plan).When(Sample.Online, DecideSuitabilityAggregateHandler.Handle, Sample.Deciding(suspended))
            .ThenViolates("licence_interrupted");
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        new LapseLicenceValidator().ShouldBeInvalid(Lapse with { PractitionerId = "" }, "PractitionerId");
        new LapseLicenceValidator().ShouldBeInvalid(Lapse with { Jurisdiction = "uk" }, "Jurisdiction");
        new SuspendLicenceValidator().ShouldBeInvalid(new SuspendLicence("ther-1", "GB", DateTimeOffset.MaxValue, "complaint"), "EffectiveAt");
        new ReinstateLicenceValidator().ShouldBeInvalid(Reinstate with { ReasonCode = "paid at last" }, "ReasonCode");
        new LapseLicenceValidator().Validate(Lapse).IsValid.ShouldBeTrue();
        new ReinstateLicenceValidator().Validate(Reinstate).IsValid.ShouldBeTrue();
    }
}
