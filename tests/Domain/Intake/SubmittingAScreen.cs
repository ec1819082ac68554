using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class SubmittingAScreen
{
    private static readonly SubmitScreen Phq9 =
        new("client-1", "screen-1", "phq-9", "1999", [2, 2, 2, 2, 2, 2, 1, 1, 0], "en");
    private static readonly SubmitScreen CSsrs =
        new("client-1", "screen-2", "c-ssrs", "2009", [0, 0, null, null, null, 0], "en");
    private static readonly ScreeningCompleted Fourteen = Sample.Phq9(14, "moderate", 0, Phq9.Items);

    [Fact, Trait("Scenario", "T8")]
    public void moderate_with_item_nine_at_zero_asks_for_nothing_more() => Spec.Given<Client>(Sample.Registered)
        .When(Phq9, SubmitScreenAggregateHandler.Handle, Spec.ClientActor).Then(Fourteen);

    [Fact, Trait("Scenario", "T9")]
    public void item_nine_at_one_asks_for_a_follow_up_however_low_the_total()
    {
        int?[] items = [1, 1, 1, 0, 0, 0, 0, 0, 1];
        Spec.Given<Client>(Sample.Registered)
            .When(Phq9 with { Items = items }, SubmitScreenAggregateHandler.Handle, Spec.ClientActor)
            .Then(Sample.Phq9(4, "minimal", 1, items), Sample.FollowUp);
    }

    [Fact, Trait("Scenario", "T10")]
    public void item_nine_asks_for_a_follow_up_although_the_total_is_invalid()
    {
        int?[] items = [null, null, null, 0, 0, 0, 0, 0, 2];
        Spec.Given<Client>(Sample.Registered)
            .When(Phq9 with { Items = items }, SubmitScreenAggregateHandler.Handle, Spec.ClientActor)
            .Then(Sample.Phq9(null, null, 2, items), Sample.FollowUp);
    }

    [Fact, Trait("Scenario", "T13")]
    public void a_high_cssrs_activates_the_crisis_pathway_in_the_same_append()
    {
        int?[] items = [0, 0, null, null, null, 1];
        Spec.Given<Client>(Sample.Registered)
            .When(CSsrs with { Items = items, PastThreeMonths = true }, SubmitScreenAggregateHandler.Handle, Spec.ClientActor)
            .Then(Sample.CSsrs("high", "complete", true, items), Sample.Crisis);
    }

    [Fact]
    public void a_client_in_crisis_is_not_put_there_twice()
    {
        int?[] items = [1, 1, 1, 1, 0, 0];
        Spec.Given<Client>(Sample.Registered, Sample.Crisis)
            .When(CSsrs with { Items = items }, SubmitScreenAggregateHandler.Handle, Spec.ClientActor)
            .Then(Sample.CSsrs("high", "complete", null, items));
    }

    [Fact]
    public void the_event_says_that_an_anonymous_client_cannot_be_contacted()
    {
        var anonymous = Sample.Registered with { IdentityMode = IdentityModes.Anonymous };
        int?[] items = [0, 0, 0, 0, 0, 0, 0, 0, 3];
        var positive = Sample.Phq9(3, "minimal", 3, items);

        Spec.Given<Client>(anonymous)
            .When(Phq9 with { Items = items }, SubmitScreenAggregateHandler.Handle, Spec.ClientActor)
            .Then(positive, Sample.FollowUp with { ContactPossible = false }, new CrisisInformationGiven("client-1", "screen-1", "GB", false));
        Spec.Given<Client>(anonymous, Sample.Plan)
            .When(Phq9 with { Items = items }, SubmitScreenAggregateHandler.Handle, Spec.ClientActor)
            .Then(positive, Sample.FollowUp);
    }

    [Fact]
    public void only_a_finished_cssrs_settles_a_follow_up()
    {
        object[] asked = [Sample.Registered, Sample.FollowUp];
        Spec.Fold<Client>([.. asked, Fourteen])!.FollowUpFor.ShouldBe("screen-1");
        Spec.Fold<Client>([.. asked, Sample.CSsrs("low", "incomplete", null)])!.FollowUpFor.ShouldBe("screen-1");
        Spec.Fold<Client>([.. asked, Sample.CSsrs("none", "complete", null)])!.FollowUpFor.ShouldBeNull();
    }

    [Fact]
    public void submitting_twice_changes_nothing() => Spec.Given<Client>(Sample.Registered, Fourteen)
        .When(Phq9, SubmitScreenAggregateHandler.Handle, Spec.ClientActor).ThenNothing();

    [Fact]
    public void another_screen_under_the_same_id_is_refused() => Spec.Given<Client>(Sample.Registered, Fourteen)
        .When(Phq9 with { Items = [0, 0, 0, 0, 0, 0, 0, 0, 0] }, SubmitScreenAggregateHandler.Handle, Spec.ClientActor)
        .ThenViolates("screen_exists", "screenId");

    [Fact]
    public void a_client_nobody_registered_is_unknown()
    {
        Spec.Given<Client>()
            .When(Phq9, SubmitScreenAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("client_unknown", "clientId");
        Spec.Given<Client>(Sample.Alert)
            .When(Phq9, SubmitScreenAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("client_unknown", "clientId");
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new SubmitScreenValidator();
        validator.Validate(Phq9).IsValid.ShouldBeTrue();
        validator.Validate(CSsrs with { PastThreeMonths = false }).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Phq9 with { ClientId = "" }, "ClientId");
        validator.ShouldBeInvalid(Phq9 with { ScreenId = "Screen 1" }, "ScreenId");
        validator.ShouldBeInvalid(Phq9 with { Instrument = "gad-7" }, "Instrument");
        validator.ShouldBeInvalid(Phq9 with { Version = "" }, "Version");
        validator.ShouldBeInvalid(Phq9 with { Language = "English" }, "Language");
        validator.ShouldBeInvalid(Phq9 with { Items = [0, 0, 0, 0, 0, 0] }, "Items");
        validator.ShouldBeInvalid(Phq9 with { Items = [0, 0, 0, 0, 0, 0, 0, 0, 4] }, "Items[8]");
        validator.ShouldBeInvalid(Phq9 with { PastThreeMonths = true }, "PastThreeMonths");
        validator.ShouldBeInvalid(CSsrs with { Items = [0, 0, 0, 0, 0, 0, 0, 0, 0] }, "Items");
        validator.ShouldBeInvalid(CSsrs with { Items = [2, 0, 0, 0, 0, 0] }, "Items[0]");
    }
}
