using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain; // inside, so that stored events win over the public ones of the same name

public class SubmittingAMeasure
{
    private static readonly DateTimeOffset Taken = Spec.Now.AddMinutes(-5);
    private static readonly SubmitMeasure Phq9Fourteen =
        new("resp-1", "client-1", "phq-9", "1999", [2, 2, 2, 2, 2, 2, 1, 1, 0], "en", Taken);
    private static readonly SubmitMeasure Gad7Ten = Phq9Fourteen with { Instrument = "gad-7", Items = [2, 2, 2, 1, 1, 1, 1] };

    private static MeasureSubmitted Submitted(SubmitMeasure c, int missing = 0) =>
        new(c.ResponseId, c.ClientId, c.Instrument, c.Version, c.Items, missing, c.Language, c.TakenAt ?? Spec.Now);

    private static ForStream Alert(DateTimeOffset dueAt) => new(
        "alert-resp-1-phq-9-item-9", typeof(AlertCase),
        new SafetyAlertRaised("resp-1-phq-9-item-9", "client-1", "phq-9-item-9", "resp-1", dueAt));

    [Fact, Trait("Scenario", "T8")]
    public void moderate_with_item_nine_at_zero_raises_no_alert() => Spec.Given<InstrumentResponse>()
        .When(Phq9Fourteen, SubmitMeasureAggregateHandler.Handle, Spec.ClientActor)
        .Then(
            Submitted(Phq9Fourteen),
            new MeasureScored("resp-1", "client-1", "phq-9", "phq-9/1", "complete", 14, "moderate"));

    [Fact, Trait("Scenario", "T9")]
    public void minimal_with_item_nine_at_one_raises_an_alert_due_the_same_working_day()
    {
        var command = Phq9Fourteen with { Items = [1, 1, 1, 0, 0, 0, 0, 0, 1] };
        Spec.Given<InstrumentResponse>()
            .When(command, SubmitMeasureAggregateHandler.Handle, Spec.ClientActor)
            .Then(
                Submitted(command),
                new MeasureScored("resp-1", "client-1", "phq-9", "phq-9/1", "complete", 4, "minimal"),
                Alert(new DateTimeOffset(2026, 3, 2, 17, 0, 0, TimeSpan.Zero)));
    }

    [Fact, Trait("Scenario", "T10")]
    public void item_nine_at_two_raises_an_alert_due_in_an_hour_although_the_total_is_invalid()
    {
        var command = Phq9Fourteen with { Items = [null, null, null, 0, 0, 0, 0, 0, 2] };
        Spec.Given<InstrumentResponse>()
            .When(command, SubmitMeasureAggregateHandler.Handle, Spec.ClientActor)
            .Then(
                Submitted(command, missing: 3),
                new MeasureScored("resp-1", "client-1", "phq-9", "phq-9/1", "invalid"),
                Alert(Spec.Now.AddHours(1)));
    }

    [Fact]
    public void gad7_has_no_item_nine_to_alert_on() => Spec.Given<InstrumentResponse>()
        .When(Gad7Ten, SubmitMeasureAggregateHandler.Handle, Spec.ClientActor)
        .Then(
            Submitted(Gad7Ten),
            new MeasureScored("resp-1", "client-1", "gad-7", "gad-7/1", "complete", 10, "moderate"));

    [Fact]
    public void without_a_time_of_its_own_a_measure_was_taken_when_it_arrived()
    {
        var command = Gad7Ten with { TakenAt = null };
        Spec.Given<InstrumentResponse>()
            .When(command, SubmitMeasureAggregateHandler.Handle, Spec.ClientActor)
            .Then(
                Submitted(command),
                new MeasureScored("resp-1", "client-1", "gad-7", "gad-7/1", "complete", 10, "moderate"));
    }

    [Fact]
    public void submitting_twice_changes_nothing_and_alerts_nobody_twice()
    {
        var command = Phq9Fourteen with { Items = [0, 0, 0, 0, 0, 0, 0, 0, 3] };
        Spec.Given<InstrumentResponse>(Submitted(command))
            .When(command, SubmitMeasureAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
        Spec.Given<InstrumentResponse>(Submitted(command))
            .When(command with { TakenAt = null }, SubmitMeasureAggregateHandler.Handle, Spec.ClientActor)
            .ThenNothing();
    }

    [Fact]
    public void another_response_under_the_same_id_is_refused() =>
        Spec.Given<InstrumentResponse>(Submitted(Phq9Fourteen))
        .When(Phq9Fourteen with { Items = [0, 0, 0, 0, 0, 0, 0, 0, 0] }, SubmitMeasureAggregateHandler.Handle, Spec.ClientActor)
        .ThenViolates("response_exists", "responseId");

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new SubmitMeasureValidator();
        validator.Validate(Phq9Fourteen).IsValid.ShouldBeTrue();
        validator.Validate(Gad7Ten with { TakenAt = null }).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Phq9Fourteen with { ResponseId = "Resp 1" }, "ResponseId");
        validator.ShouldBeInvalid(Phq9Fourteen with { ClientId = "" }, "ClientId");
        validator.ShouldBeInvalid(Phq9Fourteen with { Instrument = "pcl-5" }, "Instrument");
        validator.ShouldBeInvalid(Phq9Fourteen with { Version = "first version" }, "Version");
        validator.ShouldBeInvalid(Phq9Fourteen with { Items = [0, 0, 0, 0, 0, 0, 0] }, "Items");
        validator.ShouldBeInvalid(Gad7Ten with { Items = [0, 0, 0, 0, 0, 0, 0, 0] }, "Items");
        validator.ShouldBeInvalid(Phq9Fourteen with { Items = [0, 4, 0, 0, 0, 0, 0, 0, 0] }, "Items[1]");
        validator.ShouldBeInvalid(Phq9Fourteen with { Language = "English" }, "Language");
        validator.ShouldBeInvalid(Phq9Fourteen with { TakenAt = DateTimeOffset.MinValue }, "TakenAt");
    }

    [Fact]
    public void the_longest_response_id_still_leaves_the_alert_a_valid_id()
    {
        var longest = new string('r', 48);
        new SubmitMeasureValidator().Validate(Phq9Fourteen with { ResponseId = longest }).IsValid.ShouldBeTrue();
        Ids.AreValid(ItemNineRule.AlertId(longest)).ShouldBeTrue();
        new SubmitMeasureValidator().ShouldBeInvalid(Phq9Fourteen with { ResponseId = longest + "r" }, "ResponseId");
    }
}
