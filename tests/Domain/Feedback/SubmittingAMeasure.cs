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
    private static readonly MeasureFacts Facts = new(Spec.ClientActor, new FeedbackPolicy(), null, new RosterFacts([]));

    private static MeasureSubmitted Submitted(SubmitMeasure c, int missing = 0) =>
        new(c.ResponseId, c.ClientId, c.Instrument, c.Version, c.Items, missing, c.Language, c.TakenAt ?? Spec.Now);

    private static object[] Decided(SubmitMeasure command) =>
        [.. Spec.Given<InstrumentResponse>().When(command, SubmitMeasureAggregateHandler.Handle, Facts).Events.Select(e => e is ForStream other ? other.Event : e)];

    private static void ShouldBe(object actual, object expected) => Spec.Json(actual).ShouldBe(Spec.Json(expected));

    [Fact, Trait("Scenario", "T8")]
    public void moderate_with_item_nine_at_zero_raises_no_alert()
    {
        var decided = Decided(Phq9Fourteen);
        ShouldBe(decided[0], Submitted(Phq9Fourteen));
        ShouldBe(decided[1], new MeasureScored("resp-1", "client-1", "phq-9", "phq-9/1", "complete", 14, "moderate"));
        decided.OfType<SafetyAlertRaised>().ShouldBeEmpty();
        ShouldBe(decided.OfType<ScoreCounted>().Single().Total, 14);
        decided.OfType<AutomatedFeedbackGenerated>().Single().Messages.ShouldBe(["answers-received", "phq-9-moderate"]);
    }

    [Fact, Trait("Scenario", "T9")]
    public void minimal_with_item_nine_at_one_raises_an_alert_due_the_same_working_day()
    {
        var decided = Decided(Phq9Fourteen with { Items = [1, 1, 1, 0, 0, 0, 0, 0, 1] });
        ShouldBe(decided[1], new MeasureScored("resp-1", "client-1", "phq-9", "phq-9/1", "complete", 4, "minimal"));
        ShouldBe(decided.OfType<SafetyAlertRaised>().Single(), new SafetyAlertRaised(
            ItemNineRule.AlertId("resp-1"), "client-1", "phq-9-item-9", "resp-1", new DateTimeOffset(2026, 3, 2, 17, 0, 0, TimeSpan.Zero)));
    }

    [Fact, Trait("Scenario", "T10")]
    public void item_nine_at_two_raises_an_alert_due_in_an_hour_although_the_total_is_invalid()
    {
        var decided = Decided(Phq9Fourteen with { Items = [null, null, null, 0, 0, 0, 0, 0, 2] });
        decided.OfType<MeasureSubmitted>().Single().Missing.ShouldBe(3);
        ShouldBe(decided[1], new MeasureScored("resp-1", "client-1", "phq-9", "phq-9/1", "invalid"));
        decided.OfType<SafetyAlertRaised>().Single().DueAt.ShouldBe(Spec.Now.AddHours(1));
        decided.OfType<ScoreCounted>().ShouldBeEmpty();
    }

    [Fact]
    public void gad7_has_no_item_nine_to_alert_on()
    {
        var decided = Decided(Gad7Ten);
        ShouldBe(decided[1], new MeasureScored("resp-1", "client-1", "gad-7", "gad-7/1", "complete", 10, "moderate"));
        decided.OfType<SafetyAlertRaised>().ShouldBeEmpty();
    }

    [Fact]
    public void without_a_time_of_its_own_a_measure_was_taken_when_it_arrived() =>
        Decided(Gad7Ten with { TakenAt = null }).OfType<MeasureSubmitted>().Single().TakenAt.ShouldBe(Spec.Now);

    [Fact, Trait("Scenario", "T58")]
    public void marks_on_lines_are_kept_in_tenths_and_told_as_their_sum_only()
    {
        var scored = Decided(Phq9Fourteen with { Instrument = "srs", Items = [90, 90, 90, 89] }).OfType<MeasureScored>().Single();
        (scored.Total, scored.Unit, scored.Band).ShouldBe((359, "tenths", "discuss"));
        scored.Subscales.ShouldBeNull();
        // the first scorer stored each line; that is neither published again nor shown
        Scoring.Told(scored with { ScorerVersion = "srs/1", Subscales = [new SubscaleTotal("overall", 89)] }).ShouldBeNull();
        // sums over several answers are parts of the score
        Scoring.Told(Decided(Phq9Fourteen with { Instrument = "wai-sr", Items = [5, 5, 1, 3, 1, 3, 1, 3, 1, 5, 3, 5] }).OfType<MeasureScored>().Single())!
            .Select(s => s.Total).ShouldBe([20, 4, 12]);
    }

    [Fact, Trait("Scenario", "T29")]
    public void submitting_twice_changes_nothing_and_alerts_nobody_twice()
    {
        var command = Phq9Fourteen with { Items = [0, 0, 0, 0, 0, 0, 0, 0, 3] };
        Spec.Given<InstrumentResponse>(Submitted(command)).When(command, SubmitMeasureAggregateHandler.Handle, Facts).ThenNothing();
        Spec.Given<InstrumentResponse>(Submitted(command)).When(command with { TakenAt = null }, SubmitMeasureAggregateHandler.Handle, Facts).ThenNothing();
        // decided anew, it would be the same notifications: their ids follow from the cause
        Decided(command).OfType<NotificationRequested>().Select(n => n.NotificationId)
            .ShouldBe(Decided(command).OfType<NotificationRequested>().Select(n => n.NotificationId));
    }

    [Fact]
    public void another_response_under_the_same_id_is_refused() => Spec.Given<InstrumentResponse>(Submitted(Phq9Fourteen))
        .When(Phq9Fourteen with { Items = [0, 0, 0, 0, 0, 0, 0, 0, 0] }, SubmitMeasureAggregateHandler.Handle, Facts)
        .ThenViolates("response_exists", "responseId");

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new SubmitMeasureValidator();
        validator.Validate(Phq9Fourteen).IsValid.ShouldBeTrue();
        validator.Validate(Gad7Ten with { TakenAt = null }).IsValid.ShouldBeTrue();
        validator.Validate(Gad7Ten with { Instrument = "ors", Items = [0, 100, null, 73] }).IsValid.ShouldBeTrue();
        validator.Validate(Gad7Ten with { Instrument = "wai-sr", Items = [1, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, null] }).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Phq9Fourteen with { ResponseId = "Resp 1" }, "ResponseId");
        validator.ShouldBeInvalid(Phq9Fourteen with { ClientId = "" }, "ClientId");
        validator.ShouldBeInvalid(Phq9Fourteen with { Instrument = "bdi-ii" }, "Instrument");
        validator.ShouldBeInvalid(Phq9Fourteen with { Version = "first version" }, "Version");
        validator.ShouldBeInvalid(Phq9Fourteen with { Items = [0, 0, 0, 0, 0, 0, 0] }, "Items");
        validator.ShouldBeInvalid(Gad7Ten with { Items = [0, 0, 0, 0, 0, 0, 0, 0] }, "Items");
        validator.ShouldBeInvalid(Phq9Fourteen with { Items = [0, 4, 0, 0, 0, 0, 0, 0, 0] }, "Items[1]");
        validator.ShouldBeInvalid(Gad7Ten with { Instrument = "wai-sr", Items = [0, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3] }, "Items[0]");
        validator.ShouldBeInvalid(Gad7Ten with { Instrument = "srs", Items = [101, 0, 0, 0] }, "Items[0]");
        validator.ShouldBeInvalid(Phq9Fourteen with { Language = "English" }, "Language");
        validator.ShouldBeInvalid(Phq9Fourteen with { TakenAt = DateTimeOffset.MinValue }, "TakenAt");
        validator.ShouldBeInvalid(Phq9Fourteen with { RequestId = "A 1" }, "RequestId");
    }

    [Fact]
    public void the_longest_response_id_still_leaves_every_alert_a_valid_id()
    {
        var longest = new string('r', 48);
        new SubmitMeasureValidator().Validate(Phq9Fourteen with { ResponseId = longest }).IsValid.ShouldBeTrue();
        foreach (var id in new[] { ItemNineRule.AlertId(longest), DeteriorationRule.AlertId(longest), AllianceRules.AlertId(longest, AllianceRules.SrsBelow36), AutomatedFeedback.FeedbackId(longest) })
            Ids.AreValid(id).ShouldBeTrue(id);
        new SubmitMeasureValidator().ShouldBeInvalid(Phq9Fourteen with { ResponseId = longest + "r" }, "ResponseId");
    }
}
