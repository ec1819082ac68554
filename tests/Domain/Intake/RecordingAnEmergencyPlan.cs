using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class RecordingAnEmergencyPlan
{
    private static readonly RecordEmergencyPlan Command =
        new("client-1", "contact-1", "place-1", "112", Sample.NextYear);

    [Fact]
    public void a_plan_is_recorded() => Spec.Given<Client>(Sample.Registered)
        .When(Command, RecordEmergencyPlanAggregateHandler.Handle, Spec.Therapist).Then(Sample.Plan);

    [Fact]
    public void a_changed_plan_replaces_the_one_before() => Spec.Given<Client>(Sample.Registered, Sample.Plan)
        .When(Command with { ContactRef = "contact-2" }, RecordEmergencyPlanAggregateHandler.Handle, Spec.Therapist)
        .Then(Sample.Plan with { ContactRef = "contact-2" });

    [Fact]
    public void recording_twice_changes_nothing() => Spec.Given<Client>(Sample.Registered, Sample.Plan)
        .When(Command, RecordEmergencyPlanAggregateHandler.Handle, Spec.Therapist).ThenNothing();

    [Fact]
    public void a_plan_is_good_on_its_last_day_and_not_after_it()
    {
        Spec.Given<Client>(Sample.Registered)
            .When(Command with
            {
                ReviewBy = new
                DateOnly(2026, 3, 2)
            }, RecordEmergencyPlanAggregateHandler.Handle, Spec.Therapist)
            .Then(Sample.Plan with { ReviewBy = new DateOnly(2026, 3, 2) });
        Spec.Given<Client>(Sample.Registered)
            .When(Command with
            {
                ReviewBy = new
                DateOnly(2026, 3, 1)
            }, RecordEmergencyPlanAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("review_in_past", "reviewBy");
    }

    [Fact]
    public void a_client_nobody_registered_is_unknown() => Spec.Given<Client>()
        .When(Command, RecordEmergencyPlanAggregateHandler.Handle, Spec.Therapist)
        .ThenViolates("client_unknown", "clientId");

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new RecordEmergencyPlanValidator();
        validator.Validate(Command).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Command with { ClientId = "" }, "ClientId");
        validator.ShouldBeInvalid(Command with { ContactRef = "Jane Roe, 0123" }, "ContactRef");
        validator.ShouldBeInvalid(Command with { UsualLocationRef = "1 High Street" }, "UsualLocationRef");
        validator.ShouldBeInvalid(Command with { LocalServices = "" }, "LocalServices");
        validator.ShouldBeInvalid(Command with { LocalServices = new string('1', 501) }, "LocalServices");
        validator.ShouldBeInvalid(Command with { ReviewBy = DateOnly.MinValue }, "ReviewBy");
    }
}
