using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class DecidingSuitability
{
    private static readonly DecideSuitability Online = new(
        "client-1", SuitabilityDecisions.Online, CareCategories.TherapistSupported, [CareModalities.Video], [],
        "Stable, private room, wants video.", Sample.NextYear);
    private static readonly DecideSuitability NotSuitable =
        Online with { Decision = SuitabilityDecisions.NotSuitable, Modalities = [], Exclusions = ["immediate-need"] };
    private static readonly SuitabilityFacts Licensed = new(Spec.Therapist, Spec.Fold<Practitioner>(Sample.Licence));
    private static readonly ScreeningCompleted PositiveItemNine = Sample.Phq9(4, "minimal", 1);
    private static readonly ScreeningCompleted FollowedUp = Sample.CSsrs("low", "complete", null);

    private static SuitabilityDecided Decided(DecideSuitability c) => new(
        c.ClientId, c.Decision, c.Category, c.Modalities, c.Exclusions, c.Rationale, "ther-1", c.ReviewBy, c.ReferralId);

    [Fact]
    public void a_licensed_therapist_decides_for_online_care() => Spec.Given<Client>(Sample.Registered, Sample.Plan)
        .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(Decided(Online));

    [Fact]
    public void an_exclusion_is_overridden_with_the_rationale_on_record()
    {
        var command = Online with { Exclusions = ["severe-depression"], ReferralId = "ref-1" };
        Spec.Given<Client>(Sample.Registered, Sample.Plan)
            .When(command, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(Decided(command) with { Overridden = true });
    }

    [Fact]
    public void deciding_the_same_twice_changes_nothing() =>
        Spec.Given<Client>(Sample.Registered, Sample.Plan, Decided(Online))
            .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenNothing();

    [Fact]
    public void a_decision_may_be_taken_anew()
    {
        var limited = Online with { Decision = SuitabilityDecisions.OnlineWithLimits };
        Spec.Given<Client>(Sample.Registered, Sample.Plan, Decided(Online))
            .When(limited, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(Decided(limited));
    }

    [Fact]
    public void software_peers_and_staff_never_decide()
    {
        var peer = Spec.Therapist with { Role = Roles.PeerSupporter };
        foreach (var by in new[] { Spec.ClientActor, Spec.Ehr, Spec.Operator, Spec.Service, peer })
            Spec.Given<Client>(Sample.Registered, Sample.Plan)
                .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed with { By = by })
                .ThenViolates("role_not_permitted");
    }

    [Fact]
    public void without_a_licence_of_their_own_nobody_decides()
    {
        var given = Spec.Given<Client>(Sample.Registered, Sample.Plan);
        given.When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed with { Decider = null })
            .ThenViolates("licence_missing");
        given
            .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed with { By = Spec.Therapist with { Id = "ther-2" } })
            .ThenViolates("licence_missing");
    }

    [Fact]
    public void a_licence_ends_at_its_expiry()
    {
        var given = Spec.Given<Client>(Sample.Registered, Sample.Plan);
        var longPlan = Online with { ReviewBy = new DateOnly(2027, 12, 31) };
        given.When(longPlan, DecideSuitabilityAggregateHandler.Handle, Licensed, Sample.Licence.ExpiresAt)
            .ThenViolates("licence_expired");
        given.When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed, Sample.Licence.ExpiresAt.AddDays(-1))
            .Then(Decided(Online));
    }

    [Fact]
    public void human_supported_care_needs_a_current_emergency_plan()
    {
        Spec.Given<Client>(Sample.Registered)
            .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenViolates("emergency_plan_missing");
        Spec.Given<Client>(Sample.Registered, Sample.Plan with { ReviewBy = new DateOnly(2026, 3, 1) })
            .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenViolates("emergency_plan_missing");
    }

    [Fact]
    public void self_guided_care_needs_no_emergency_plan()
    {
        var command = Online with { Category = CareCategories.SelfGuided, Modalities = [] };
        Spec.Given<Client>(Sample.Registered)
            .When(command, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(Decided(command));
    }

    [Fact]
    public void a_positive_item_nine_needs_follow_up_and_triage_first()
    {
        object[] asked = [Sample.Registered, Sample.Plan, PositiveItemNine, Sample.FollowUp];
        Spec.Given<Client>([.. asked, Sample.Triaged])
            .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenViolates("follow_up_screen_open");
        Spec.Given<Client>([.. asked, FollowedUp])
            .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenViolates("triage_missing");
        Spec.Given<Client>([.. asked, FollowedUp, Sample.Triaged])
            .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(Decided(Online));
    }

    [Fact]
    public void an_alert_from_feedback_needs_triage_first() =>
        Spec.Given<Client>(Sample.Registered, Sample.Plan, Sample.Alert)
        .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenViolates("triage_missing");

    [Fact]
    public void nobody_is_put_online_in_a_crisis() => Spec.Given<Client>(Sample.Registered, Sample.Plan, Sample.Crisis)
        .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenViolates("crisis_open");

    [Fact]
    public void care_elsewhere_never_waits_for_open_risks() =>
        Spec.Given<Client>(Sample.Registered, PositiveItemNine, Sample.FollowUp, Sample.Crisis)
            .When(NotSuitable, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(Decided(NotSuitable));

    [Fact]
    public void a_review_cannot_be_overdue_already() => Spec.Given<Client>(Sample.Registered, Sample.Plan)
        .When(Online with { ReviewBy = new DateOnly(2026, 3, 1) }, DecideSuitabilityAggregateHandler.Handle, Licensed)
        .ThenViolates("review_in_past", "reviewBy");

    [Fact]
    public void a_client_nobody_registered_is_unknown() => Spec.Given<Client>()
        .When(Online, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenViolates("client_unknown", "clientId");

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new DecideSuitabilityValidator();
        validator.Validate(Online with { ReferralId = "ref-1" }).IsValid.ShouldBeTrue();
        validator.Validate(NotSuitable).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Online with { ClientId = "" }, "ClientId");
        validator.ShouldBeInvalid(Online with { ReferralId = "" }, "ReferralId");
        validator.ShouldBeInvalid(Online with { Decision = "maybe" }, "Decision");
        validator.ShouldBeInvalid(Online with { Category = "robot" }, "Category");
        validator.ShouldBeInvalid(Online with { Modalities = [] }, "Modalities");
        validator.ShouldBeInvalid(NotSuitable with { Modalities = ["video"] }, "Modalities");
        validator.ShouldBeInvalid(Online with { Modalities = [.. Enumerable.Repeat("video", 5)] }, "Modalities");
        validator.ShouldBeInvalid(Online with { Modalities = ["video", "fax"] }, "Modalities[1]");
        validator.ShouldBeInvalid(Online with { Exclusions = [.. Enumerable.Repeat("schizophrenia", 11)] }, "Exclusions");
        validator.ShouldBeInvalid(Online with { Exclusions = ["too far away"] }, "Exclusions[0]");
        validator.ShouldBeInvalid(Online with { Rationale = " " }, "Rationale");
        validator.ShouldBeInvalid(Online with { Rationale = new string('a', 4001) }, "Rationale");
        validator.ShouldBeInvalid(Online with { ReviewBy = DateOnly.MaxValue }, "ReviewBy");
    }
}
