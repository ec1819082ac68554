using Clinic.Contracts.Feedback;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain; // inside, so that stored events win over the public ones of the same name

/// <summary>What was entered wrongly stays on record; what followed from it is taken back or added by new events (P10).</summary>
public class CorrectingAMeasure
{
    [Fact]
    public void the_corrected_answers_are_a_response_of_their_own()
    {
        var course = new Course().Phq9("r-1", 18).Correct("r-2", "r-1", Course.Calm);
        course.Said<MeasureScored>().Supersedes.ShouldBe("r-1");
        course.Said<MeasureCorrected>().Supersedes.ShouldBe("r-1");
        course.Said<MeasureSuperseded>().By.ShouldBe("r-2");
        // it stands where the first stood, as the baseline
        course.Phq9("r-3", 14).Said<ChangeAssessed>().BaselineId.ShouldBe("r-2");
        Should.Throw<Contracts.RuleViolation>(() => course.Correct("r-4", "r-1", Course.Calm)).Code.ShouldBe("response_superseded");
        Should.Throw<Contracts.RuleViolation>(() => course.Correct("r-4", "r-9", Course.Calm)).Code.ShouldBe("response_unknown");
        Should.Throw<Contracts.RuleViolation>(() => course.Correct("r-4", "r-2", 1, 2)).Code.ShouldBe("items_do_not_fit");
    }

    [Fact]
    public void the_same_correction_again_changes_nothing() =>
        new Course().Phq9("r-1", 18).Correct("r-2", "r-1", Course.Calm).Correct("r-2", "r-1", Course.Calm).Last.ShouldBeEmpty();

    [Fact]
    public void an_alert_that_nothing_supports_any_more_is_retracted()
    {
        var course = new Course().Answer("r-1", "phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 2);
        course.Correct("r-2", "r-1", 0, 0, 0, 0, 0, 0, 0, 0, 0).Said<AlertRetracted>().CorrectedBy.ShouldBe("r-2");
        course.Alert(ItemNineRule.AlertId("r-1")).Status.ShouldBe(AlertStatus.Retracted);
        course.State!.SafetyAlerts.ShouldBeEmpty();
        // and the client hears again what rule sets say
        course.Said<AutomatedFeedbackGenerated>();
    }

    [Fact]
    public void an_alert_that_still_holds_stays_the_one_case()
    {
        var course = new Course().Answer("r-1", "phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 2).Correct("r-2", "r-1", 3, 3, 0, 0, 0, 0, 0, 0, 1);
        course.All<AlertRetracted>().ShouldBeEmpty();
        course.All<SafetyAlertRaised>().ShouldBeEmpty();
        course.State!.SafetyAlerts.ShouldHaveSingleItem().AlertId.ShouldBe(ItemNineRule.AlertId("r-1"));
    }

    [Fact]
    public void a_graver_answer_is_a_case_due_earlier()
    {
        var course = new Course().Answer("r-1", "phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 1).Correct("r-2", "r-1", 0, 0, 0, 0, 0, 0, 0, 0, 3);
        course.Said<AlertRetracted>().AlertId.ShouldBe(ItemNineRule.AlertId("r-1"));
        course.Said<SafetyAlertRaised>().DueAt.ShouldBe(Spec.Now.AddHours(1));
    }

    [Fact]
    public void a_correction_may_raise_what_the_first_answers_hid() =>
        new Course().Phq9("r-1", 4).Correct("r-2", "r-1", 0, 0, 0, 0, 0, 0, 0, 0, 1).Said<SafetyAlertRaised>().AlertId.ShouldBe(ItemNineRule.AlertId("r-2"));

    [Fact]
    public void a_corrected_baseline_takes_a_deterioration_back()
    {
        var course = new Course().Phq9("r-1", 8).Phq9("r-2", 14);
        course.State!.Alerts.ShouldHaveSingleItem();
        course.Correct("r-3", "r-1", [.. Course.Spread(13, 8, 3), 0]).Said<AlertRetracted>().AlertId.ShouldBe(DeteriorationRule.AlertId("r-2"));
    }

    [Fact]
    public void a_corrected_answer_that_is_still_worse_keeps_the_case_and_one_that_is_not_loses_it()
    {
        new Course().Phq9("r-1", 8).Phq9("r-2", 14).Correct("r-3", "r-2", [.. Course.Spread(15, 8, 3), 0]).All<DeteriorationAlertRaised>().ShouldBeEmpty();
        new Course().Phq9("r-1", 8).Phq9("r-2", 14).Correct("r-3", "r-2", [.. Course.Spread(12, 8, 3), 0]).Said<AlertRetracted>();
    }

    [Fact]
    public void without_a_total_it_no_longer_counts()
    {
        var course = new Course().Phq9("r-1", 18).Phq9("r-2", 10).Correct("r-3", "r-1", null, null, null, 0, 0, 0, 0, 0, 0);
        course.Said<ScoreDiscounted>().ResponseId.ShouldBe("r-1");
        course.Phq9("r-4", 3).Said<ChangeAssessed>().BaselineId.ShouldBe("r-2");
    }

    [Fact]
    public void a_correction_of_a_correction_finds_the_alert_of_the_first_answers()
    {
        var course = new Course().Answer("r-1", "phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 2).Correct("r-2", "r-1", 0, 0, 0, 0, 0, 0, 0, 0, 1);
        course.Said<AlertCarried>().ResponseId.ShouldBe("r-2");
        course.Correct("r-3", "r-2", 1, 0, 0, 0, 0, 0, 0, 0, 1).All<SafetyAlertRaised>().ShouldBeEmpty();
        course.Correct("r-4", "r-3", 1, 0, 0, 0, 0, 0, 0, 0, 0).Said<AlertRetracted>().AlertId.ShouldBe(ItemNineRule.AlertId("r-1"));
        course.State!.Alerts.ShouldBeEmpty();
    }

    [Fact]
    public void a_deterioration_that_was_corrected_and_holds_is_judged_by_the_correction_from_then_on()
    {
        var course = new Course().Phq9("r-1", 8).Phq9("r-2", 20).Correct("r-3", "r-2", [.. Course.Spread(15, 8, 3), 0]);
        // the baseline is corrected, and the difference is still reliable
        course.Correct("r-4", "r-1", [.. Course.Spread(9, 8, 3), 0]).All<AlertRetracted>().ShouldBeEmpty();
        course.State!.Alerts.ShouldHaveSingleItem().ResponseId.ShouldBe("r-3");
        course.Correct("r-5", "r-4", [.. Course.Spread(12, 8, 3), 0]).Said<AlertRetracted>().AlertId.ShouldBe(DeteriorationRule.AlertId("r-2"));
    }

    [Fact]
    public void a_corrected_baseline_is_what_every_later_score_is_compared_with_anew()
    {
        var course = new Course().Phq9("r-1", 18).Phq9("r-2", 17).Phq9("r-3", 15).Correct("r-4", "r-1", [.. Course.Spread(8, 8, 3), 0]);
        course.All<ChangeAssessed>().Select(c => (c.ResponseId, c.BaselineId, c.Delta)).ShouldBe([("r-2", "r-4", 9), ("r-3", "r-4", 7)]);
        // how the client is now raises the case, not how they were
        course.Said<DeteriorationAlertRaised>().ResponseId.ShouldBe("r-3");
        course.Said<DeteriorationAlertRaised>().BaselineId.ShouldBe("r-4");
    }

    [Fact]
    public void a_score_that_becomes_the_baseline_is_compared_with_itself()
    {
        var course = new Course().Phq9("r-1", 18).Phq9("r-2", 10).Phq9("r-3", 9).Correct("r-4", "r-1", null, null, null, 0, 0, 0, 0, 0, 0);
        course.All<ChangeAssessed>().Select(c => (c.ResponseId, c.BaselineId, c.Delta)).ShouldBe([("r-2", "r-2", 0), ("r-3", "r-2", -1)]);
    }

    [Fact]
    public void a_middle_answer_that_was_worse_than_was_known_is_no_alert_of_today() =>
        new Course().Phq9("r-1", 8).Phq9("r-2", 9).Phq9("r-3", 7).Correct("r-4", "r-2", [.. Course.Spread(16, 8, 3), 0]).All<DeteriorationAlertRaised>().ShouldBeEmpty();

    [Fact]
    public void an_answer_whose_total_is_found_later_stands_where_it_was_taken()
    {
        var course = new Course().Answer("r-1", "phq-9", null, null, null, 0, 0, 0, 0, 0, 0).At(1).Phq9("r-2", 10);
        course.Correct("r-3", "r-1", [.. Course.Spread(18, 8, 3), 0]).Said<ScoreCounted>().Before.ShouldBe("r-2");
        course.All<ChangeAssessed>().ShouldHaveSingleItem().ShouldBe(course.Said<ChangeAssessed>() with { ResponseId = "r-2", BaselineId = "r-3", Delta = -8 });
    }

    [Fact]
    public void an_alert_that_a_person_raised_over_the_same_answers_is_theirs_to_close() =>
        new Course().Phq9("r-1", 4).Know(new AlertOpened(Course.Client, "by-hand", AlertKinds.Safety, ReportedRisk.Reported, "r-1"))
            .Correct("r-2", "r-1", Course.Calm).All<AlertRetracted>().ShouldBeEmpty();

    [Fact]
    public void a_correction_answers_no_request_of_today() =>
        new Course().Phq9("r-1", 4).Know(new MeasureRequested(Course.Client, "q-1", "phq-9", "1", Spec.Now.AddDays(1), "ther-1"))
            .Correct("r-2", "r-1", Course.Calm).All<MeasureRequestAnswered>().ShouldBeEmpty();

    [Fact]
    public void every_bad_field_is_named()
    {
        var good = new CorrectMeasure("r-2", "client-1", "r-1", Course.Calm);
        new CorrectMeasureValidator().Validate(good).IsValid.ShouldBeTrue();
        new CorrectMeasureValidator().ShouldBeInvalid(good with { ResponseId = "r-1" }, "ResponseId");
        new CorrectMeasureValidator().ShouldBeInvalid(good with { ClientId = "" }, "ClientId");
        new CorrectMeasureValidator().ShouldBeInvalid(good with { Supersedes = "R" }, "Supersedes");
    }
}
