using Clinic.Contracts.Feedback;
using Clinic.Instruments;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain; // inside, so that stored events win over the public ones of the same name

/// <summary>Each score against the first valid one of the episode.</summary>
public class ChangeOverTime
{
    [Theory, Trait("Scenario", "T12")]
    [InlineData(18, 12, "improved")]
    [InlineData(18, 13, "none")]
    [InlineData(12, 18, "deteriorated")]
    [InlineData(12, 17, "none")]
    public void six_points_of_phq9_are_reliable_and_five_are_not(int first, int later, string change)
    {
        var said = new Course().Phq9("r-1", first).Phq9("r-2", later).Said<ChangeAssessed>();
        (said.BaselineId, said.Delta, said.Class, said.Rule).ShouldBe(("r-1", later - first, change, "phq-9/fixed-6"));
    }

    [Fact]
    public void the_baseline_is_the_first_valid_one_and_nobody_is_compared_with_himself()
    {
        var course = new Course().Answer("r-0", "phq-9", null, null, null, 1, 1, 1, 1, 1, 0);
        course.All<ChangeAssessed>().ShouldBeEmpty();
        course.Phq9("r-1", 10).All<ChangeAssessed>().ShouldBeEmpty();
        course.Phq9("r-2", 12).Phq9("r-3", 4).Said<ChangeAssessed>().BaselineId.ShouldBe("r-1");
        // each instrument has its own
        course.Answer("g-1", "gad-7", 3, 3, 3, 3, 3, 3, 3).All<ChangeAssessed>().ShouldBeEmpty();
        course.Answer("g-2", "gad-7", 3, 3, 3, 3, 3, 2, 0).Said<ChangeAssessed>().Class.ShouldBe("improved");
    }

    [Fact]
    public void an_episode_begins_with_the_first_score_and_a_new_one_has_a_new_baseline()
    {
        var course = new Course().Phq9("r-1", 20);
        var begun = course.Said<EpisodeBegun>();
        var facts = new CourseFacts(Spec.Therapist, new FeedbackPolicy());
        course.Know(EndEpisodeAggregateHandler.Handle(new EndEpisode(Course.Client, begun.EpisodeId), course.State, facts, Spec.Now));
        course.Phq9("r-2", 8).All<ChangeAssessed>().ShouldBeEmpty();
        course.Said<EpisodeBegun>().EpisodeId.ShouldNotBe(begun.EpisodeId);
    }

    [Fact]
    public void a_clinic_may_use_its_own_figures()
    {
        // 1.96 · 5.4 · √2 · √0.16 is just below 6
        var own = new FeedbackPolicy { ChangeRules = new Dictionary<string, ChangeRule> { ["phq-9"] = ChangeRule.JacobsonTruax("phq-9", 5.4m, 0.84m) } };
        var said = new Course { Policy = own }.Phq9("r-1", 18).Phq9("r-2", 12).Said<ChangeAssessed>();
        (said.Class, said.Rule).ShouldBe(("improved", "phq-9/jacobson-truax-sd5.4-r0.84"));
        new Course { Policy = own }.Phq9("r-1", 18).Phq9("r-2", 13).Said<ChangeAssessed>().Class.ShouldBe("none");
    }

    [Fact]
    public void getting_worse_asks_supervision_once_per_instrument()
    {
        var course = new Course().Know(new SupporterNoted(Course.Client, "ther-1", "video", "session", 1)).Phq9("r-1", 8).Phq9("r-2", 14);
        var alert = course.Said<DeteriorationAlertRaised>();
        // Monday, three working days later
        (alert.AlertId, alert.BaselineId, alert.Delta, alert.DueAt).ShouldBe((DeteriorationRule.AlertId("r-2"), "r-1", 6, Spec.Now.AddDays(3)));
        var review = course.Said<SupervisionReviewRequested>();
        (review.Trigger, review.SourceId).ShouldBe(("deterioration", DeteriorationRule.AlertId("r-2")));
        course.All<NotificationRequested>().Select(n => n.Recipient).ShouldBe(["staff:ther-1", "staff:supervisor"]);
        // still worse is no second case
        course.Phq9("r-3", 15).All<DeteriorationAlertRaised>().ShouldBeEmpty();
        course.Know(new AlertClosed(Course.Client, DeteriorationRule.AlertId("r-2"))).Phq9("r-4", 16).Said<DeteriorationAlertRaised>();
    }

    [Fact]
    public void ors_deteriorates_by_falling()
    {
        new Course().Answer("r-1", "ors", 70, 70, 70, 70).Answer("r-2", "ors", 58, 58, 57, 57).Said<DeteriorationAlertRaised>().Delta.ShouldBe(-50);
        new Course().Answer("r-1", "ors", 70, 70, 70, 70).Answer("r-2", "ors", 58, 58, 58, 57).All<DeteriorationAlertRaised>().ShouldBeEmpty();
        new Course().Answer("r-1", "ors", 30, 30, 30, 30).Answer("r-2", "ors", 70, 70, 70, 70).Said<ChangeAssessed>().Class.ShouldBe("improved");
    }

    [Fact]
    public void an_adolescent_is_judged_by_the_adolescents_cut_off()
    {
        int?[] between = [65, 65, 65, 65];
        new Course().Answer("r-1", "ors", between).Said<MeasureScored>().Band.ShouldBe("non-clinical");
        new Course().Know(new ClientNoted(Course.Client, "16-17", "en", "GB", "intake", 1)).Answer("r-1", "ors", between).Said<MeasureScored>().Band.ShouldBe("clinical");
    }

    [Theory, Trait("Scenario", "T14")]
    [InlineData(359, true)]
    [InlineData(360, false)]
    public void an_srs_below_36_needs_talking_about(int tenths, bool alert)
    {
        var course = new Course().Answer("r-1", "srs", Course.Spread(tenths, 4, 100));
        course.Said<MeasureScored>().Total.ShouldBe(tenths);
        course.All<AllianceAlertRaised>().Select(a => a.RuleId).ShouldBe(alert ? ["srs-below-36"] : []);
    }

    [Fact]
    public void a_falling_alliance_is_seen_against_the_first_and_the_one_before()
    {
        var course = new Course().Answer("w-1", "wai-sr", Of(48));
        course.All<AllianceAlertRaised>().ShouldBeEmpty();
        course.Answer("w-2", "wai-sr", Of(41)).All<AllianceAlertRaised>().ShouldBeEmpty();
        course.Answer("w-3", "wai-sr", Of(40)).Said<AllianceAlertRaised>().RuleId.ShouldBe("wai-sr-drop");
        course.Answer("w-4", "wai-sr", Of(55)).All<AllianceAlertRaised>().ShouldBeEmpty();
        course.Answer("w-5", "wai-sr", Of(47)).Said<AllianceAlertRaised>();

        static int?[] Of(int total) => [.. Course.Spread(total - 12, 12, 4).Select(points => points + 1)];
    }

    [Fact]
    public void recovery_is_judged_by_the_measures_of_the_problem()
    {
        string Outcome(string problem, params (string Instrument, int?[] Items)[] answers)
        {
            var facts = new CourseFacts(Spec.Therapist, new FeedbackPolicy());
            var course = new Course().Know(new EpisodeBegun(Course.Client, "e-1", problem, "video"));
            foreach (var (index, answer) in answers.Index()) course.Answer($"r-{index}", answer.Instrument, answer.Items);
            var ended = EndEpisodeAggregateHandler.Handle(new EndEpisode(Course.Client, "e-1"), course.State, facts, Spec.Now).OfType<RecoveryAssessed>().Single();
            (ended.Problem, ended.Modality).ShouldBe((problem, "video"));
            return ended.Outcome;
        }
        (string, int?[]) Phq9(int total) => ("phq-9", [.. Course.Spread(total, 8, 3), 0]);
        (string, int?[]) Gad7(int total) => ("gad-7", Course.Spread(total, 7, 3));
        (string, int?[]) Pcl5(int total) => ("pcl-5", Course.Spread(total, 20, 4));

        Outcome("depression", Phq9(18), Gad7(12), Phq9(9), Gad7(7)).ShouldBe("reliably-recovered");
        Outcome("depression", Phq9(18), Gad7(12), Phq9(9), Gad7(8)).ShouldBe("reliably-improved");
        // trauma's own measure decides there: anxiety's does not
        Outcome("ptsd", Phq9(18), Gad7(12), Pcl5(60), Phq9(9), Gad7(20), Pcl5(31)).ShouldBe("reliably-recovered");
        Outcome("ptsd", Phq9(18), Pcl5(60), Phq9(9), Pcl5(32)).ShouldBe("reliably-improved");
        Outcome("anxiety", Phq9(9), Gad7(7), Phq9(3), Gad7(3)).ShouldBe("not-a-case");
        Outcome("depression", Phq9(10), Phq9(9)).ShouldBe("recovered");
        Outcome("depression", Phq9(10), Phq9(16)).ShouldBe("reliably-deteriorated");
        Outcome("depression", Phq9(18)).ShouldBe("not-measured");
        Outcome("other", ("ors", [50, 50, 50, 50]), ("ors", [70, 70, 70, 70])).ShouldBe("reliably-recovered");
    }

    [Fact]
    public void an_episode_may_be_described_late_and_only_the_open_one_ends()
    {
        var facts = new CourseFacts(Spec.Therapist, new FeedbackPolicy());
        var course = new Course().Phq9("r-1", 12);
        var described = BeginEpisodeAggregateHandler.Handle(new BeginEpisode(Course.Client, "care-1", "depression", "video"), course.State, facts, Spec.Now);
        described.ShouldHaveSingleItem().ShouldBeOfType<EpisodeDescribed>().EpisodeId.ShouldBe(course.State!.Episode!.EpisodeId);
        course.Know(described);
        var next = BeginEpisodeAggregateHandler.Handle(new BeginEpisode(Course.Client, "care-2", "anxiety", "text"), course.State, facts, Spec.Now);
        next.Select(e => e.GetType()).ShouldBe([typeof(RecoveryAssessed), typeof(EpisodeBegun)]);
        Spec.Given<ClientCourse>(new EpisodeBegun(Course.Client, "e-1")).When(new EndEpisode(Course.Client, "e-2"), EndEpisodeAggregateHandler.Handle, facts)
            .ThenViolates("episode_not_open", "episodeId");
    }
}
