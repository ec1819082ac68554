using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Instruments;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain; // inside, so that stored events win over the public ones of the same name

public class FeedbackToClients
{
    private static readonly FeedbackPreferenceSet BySms = new(Course.Client, 2, ["sms", "email"]);
    private static readonly FeedbackPolicy Policy = new();

    [Theory]
    [InlineData(0, "answers-received")]
    [InlineData(1, "answers-received phq-9-minimal")]
    [InlineData(2, "answers-received phq-9-minimal change-improved")]
    [InlineData(3, "answers-received phq-9-minimal change-improved focus-depression")]
    public void a_rule_set_says_as_much_as_the_client_wants(int level, string says)
    {
        var course = new Course().Know(new EpisodeBegun(Course.Client, "e-1", "depression"), BySms with { Level = level }).Phq9("r-1", 18).Phq9("r-2", 4);
        var said = course.Said<AutomatedFeedbackGenerated>();
        string.Join(' ', said.Messages).ShouldBe(says);
        (said.RulesetId, said.RulesetVersion, said.Tailoring, said.AwaitsReview).ShouldBe(("outcome-feedback", 1, level, level == 3));
        said.InputIds.ShouldBe(["r-2"]);
        // what a human has yet to see is not announced
        course.All<NotificationRequested>().Count(n => n.Template == "something-new").ShouldBe(level == 3 ? 0 : 1);
    }

    [Fact]
    public void the_word_goes_by_the_channel_the_client_prefers_and_says_nothing()
    {
        var told = new Course().Know(new ClientNoted(Course.Client, "25-34", "fr", "FR", "intake", 1), BySms with { ContactRef = "book-7" }).Phq9("r-1", 4).Said<NotificationRequested>();
        (told.Recipient, told.Channel, told.Template, told.Language, told.Argument).ShouldBe(("book-7", "sms", "something-new", "fr", null));
        new Course().Phq9("r-1", 4).All<NotificationRequested>().ShouldBeEmpty();
    }

    [Theory, Trait("Scenario", "T45")]
    [InlineData("GB", "GB")]
    [InlineData("US-OR", "US")]
    [InlineData("XK", "ZZ")]
    [InlineData(null, "ZZ")]
    public void while_a_safety_alert_is_open_crisis_information_goes_out_instead(string? region, string country)
    {
        var course = new Course().Answer("r-1", "phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 1);
        if (region is not null) course = new Course().Know(new ClientNoted(Course.Client, "25-34", "en", region, "intake", 1)).Answer("r-1", "phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 1);
        course.All<AutomatedFeedbackGenerated>().ShouldBeEmpty();
        var held = course.Said<FeedbackSuppressed>();
        (held.ReasonCode, held.AlertIds).ShouldBe(("safety-alert-open", [ItemNineRule.AlertId("r-1")]), new PairComparer());
        var told = course.All<NotificationRequested>().Single(n => n.Template == "crisis-information");
        (told.Channel, told.Argument).ShouldBe(("in-app", country));

        // another instrument, another day: still open
        course.Answer("g-1", "gad-7", 0, 0, 0, 0, 0, 0, 0).Said<FeedbackSuppressed>();
        course.Know(new AlertClosed(Course.Client, ItemNineRule.AlertId("r-1"))).Answer("g-2", "gad-7", 0, 0, 0, 0, 0, 0, 0).Said<AutomatedFeedbackGenerated>();
    }

    [Fact]
    public void nobody_is_left_without_a_number()
    {
        foreach (var location in new[] { null, "", "G", "GBR", "gb", "ZZ", "XX-1", "GB", "US-OR" })
            CrisisNumbers.At(location).ShouldNotBeEmpty(location);
        CrisisNumbers.At("US-OR").ShouldContain(n => n.Contact == "988");
        CrisisNumbers.CountryOf("GBR").ShouldBe("ZZ");
    }

    [Fact]
    public void a_clinics_own_numbers_go_before_the_list_the_most_exact_first()
    {
        CrisisNumber[] ours = [new("Ours", "1")], scots = [new("Scotland's", "2")], others = [new("Anywhere", "3")];
        var own = new Dictionary<string, CrisisNumber[]> { ["GB"] = ours, ["GB-SCT"] = scots, ["default"] = others };
        foreach (var (location, expected) in new[] { ("GB", ours), ("GB-WLS", ours), ("GB-SCT", scots), ("XX", others), ("GB:0", others) })
            CrisisNumbers.At(location, own.GetValueOrDefault).ShouldBe(expected, location);
        CrisisNumbers.At("US", own.GetValueOrDefault).ShouldContain(n => n.Contact == "911");
    }

    [Fact]
    public void without_consent_to_treatment_rule_sets_are_silent_and_safety_is_not()
    {
        var course = new Course().Know(new CarePaused(Course.Client)).Phq9("r-1", 4);
        course.Said<FeedbackSuppressed>().ReasonCode.ShouldBe("client-stopped");
        course.Answer("r-2", "phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 2).Said<SafetyAlertRaised>();
        course.All<NotificationRequested>().ShouldContain(n => n.Template == "crisis-information");
    }

    [Fact]
    public void the_most_tailored_waits_for_a_human_who_may_hold_it_back()
    {
        var made = new AutomatedFeedbackGenerated("f-1", Course.Client, "outcome-feedback", 1, 3, ["r-1"], ["answers-received"], true);
        var facts = new FeedbackFacts(Spec.Therapist, Policy, Spec.Fold<ClientCourse>(BySms));
        var review = new ReviewFeedback("f-1", Release: true);
        Spec.Given<FeedbackItem>(made).When(review, ReviewFeedbackAggregateHandler.Handle, facts).Events[0].ShouldBe(new FeedbackReviewed("f-1", Course.Client, "ther-1", true));
        Spec.Given<FeedbackItem>(made).When(review with { Release = false }, ReviewFeedbackAggregateHandler.Handle, facts)
            .Then(new FeedbackReviewed("f-1", Course.Client, "ther-1", false), new FeedbackSuppressed("f-1", Course.Client, "rejected-in-review", []));
        Spec.Given<FeedbackItem>(made).When(review, ReviewFeedbackAggregateHandler.Handle, facts with { By = Spec.ClientActor }).ThenViolates("role_not_permitted");
        // raised since
        var alerted = facts with { Course = Spec.Fold<ClientCourse>(new AlertOpened(Course.Client, "a-1", "safety", "reported", "m-1")) };
        Spec.Given<FeedbackItem>(made).When(review, ReviewFeedbackAggregateHandler.Handle, alerted).ThenViolates("safety_alert_open", "feedbackId");
        // and the client does not see it before
        Spec.Given<FeedbackItem>(made).When(new MarkFeedbackViewed("f-1"), MarkFeedbackViewedAggregateHandler.Handle, Spec.ClientActor).ThenViolates("feedback_unknown");
    }

    [Fact]
    public void people_write_by_their_role()
    {
        var course = Spec.Fold<ClientCourse>(BySms);
        var give = new GiveFeedback("f-1", Course.Client, "Well done.", "auto-r-1");
        foreach (var role in new[] { Roles.Therapist, Roles.Supervisor, Roles.PeerSupporter })
        {
            var by = new Actor("staff-1", role, "north");
            var decided = new Given<ClientCourse>(course).When(give, GiveFeedbackAggregateHandler.Handle, new WritingFacts(by, null)).Events;
            var given = decided.OfType<ForStream>().Select(e => e.Event).OfType<HumanFeedbackGiven>().Single();
            (given.AuthorId, given.AuthorRole, given.InReplyTo).ShouldBe(("staff-1", role, "auto-r-1"));
            decided.OfType<ForStream>().Select(e => e.Event).OfType<NotificationRequested>().ShouldHaveSingleItem().Template.ShouldBe("something-new");
            // again is nothing, otherwise is refused
            var item = Spec.Fold<FeedbackItem>(given);
            new Given<ClientCourse>(course).When(give, GiveFeedbackAggregateHandler.Handle, new WritingFacts(by, item)).ThenNothing();
            new Given<ClientCourse>(course).When(give with { Text = "Other" }, GiveFeedbackAggregateHandler.Handle, new WritingFacts(by, item)).ThenViolates("feedback_exists");
        }
        new Given<ClientCourse>(course).When(give, GiveFeedbackAggregateHandler.Handle, new WritingFacts(Spec.Ehr, null)).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void what_is_seen_in_the_application_has_reached_the_client()
    {
        var given = new HumanFeedbackGiven("f-1", Course.Client, "ther-1", "therapist", "Well done.");
        var viewed = new FeedbackViewed("f-1", Course.Client);
        var delivered = new FeedbackDelivered("f-1", Course.Client, "in-app");
        Spec.Given<FeedbackItem>(given).When(new MarkFeedbackViewed("f-1"), MarkFeedbackViewedAggregateHandler.Handle, Spec.ClientActor).Then(delivered, viewed);
        Spec.Given<FeedbackItem>(given, delivered with { Channel = "sms" }).When(new MarkFeedbackViewed("f-1"), MarkFeedbackViewedAggregateHandler.Handle, Spec.ClientActor).Then(viewed);
        Spec.Given<FeedbackItem>(given, delivered, viewed).When(new MarkFeedbackViewed("f-1"), MarkFeedbackViewedAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
    }

    [Fact]
    public void feedback_on_demand_speaks_of_the_latest_score_that_counts()
    {
        var course = new Course().Know(BySms).Phq9("r-1", 18).Phq9("r-2", 4);
        var decided = Spec.Given<FeedbackItem>().When(new GenerateFeedback("f-1", Course.Client, "phq-9"), GenerateFeedbackAggregateHandler.Handle,
            new FeedbackFacts(Spec.Therapist, Policy, course.State)).Events;
        decided[0].ShouldBeOfType<AutomatedFeedbackGenerated>().Messages.ShouldBe(["answers-received", "change-improved"]);
        Spec.Given<FeedbackItem>().When(new GenerateFeedback("f-1", Course.Client, "ors"), GenerateFeedbackAggregateHandler.Handle,
            new FeedbackFacts(Spec.Therapist, Policy, course.State)).ThenViolates("nothing_measured", "instrument");
    }

    [Fact]
    public void preferences_are_news_only_when_they_change()
    {
        var set = new SetFeedbackPreference(Course.Client, 2, ["sms", "email"]);
        Spec.Given<ClientCourse>().When(set, SetFeedbackPreferenceAggregateHandler.Handle, Spec.ClientActor).Then(BySms);
        Spec.Given<ClientCourse>(BySms).When(set, SetFeedbackPreferenceAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
        Spec.Given<ClientCourse>(BySms).When(set with { Channels = ["email", "sms"] }, SetFeedbackPreferenceAggregateHandler.Handle, Spec.ClientActor).Events.ShouldHaveSingleItem();
        new SetFeedbackPreferenceValidator().Validate(set).IsValid.ShouldBeTrue();
        new SetFeedbackPreferenceValidator().ShouldBeInvalid(set with { Level = 4 }, "Level");
        new SetFeedbackPreferenceValidator().ShouldBeInvalid(set with { Channels = ["sms", "sms"] }, "Channels");
        new SetFeedbackPreferenceValidator().ShouldBeInvalid(set with { Channels = ["fax"] }, "Channels[0]");
        new SetFeedbackPreferenceValidator().ShouldBeInvalid(set with { TimeZone = "Mars/Base" }, "TimeZone");
        new SetFeedbackPreferenceValidator().ShouldBeInvalid(set with { ContactRef = "Jane Doe" }, "ContactRef");
    }

    [Fact]
    public void a_request_is_answered_or_the_client_is_reminded_once()
    {
        var facts = new CourseFacts(Spec.Therapist, Policy);
        var ask = new RequestMeasure("q-1", Course.Client, "gad-7", "1", Spec.Now.AddDays(7));
        var course = new Course().Know(BySms).Know([.. RequestMeasureAggregateHandler.Handle(ask, null, facts, Spec.Now).Where(e => e is MeasureRequested)]);
        RequestMeasureAggregateHandler.Handle(ask, course.State, facts, Spec.Now).ShouldBeEmpty();
        Should.Throw<RuleViolation>(() => RequestMeasureAggregateHandler.Handle(ask with { RequestId = "q-2", DueAt = Spec.Now }, course.State, facts, Spec.Now)).Field.ShouldBe("dueAt");
        var remind = new RemindOfMeasure(Course.Client, "q-1");
        RemindOfMeasureAggregateHandler.Handle(remind, course.State, facts, Spec.Now).ShouldBeEmpty();
        // nobody is asked to answer while there is no consent to treatment
        Should.Throw<RuleViolation>(() => RequestMeasureAggregateHandler.Handle(ask with { RequestId = "q-3" }, course.State!.Apply(new CarePaused(Course.Client)), facts, Spec.Now))
            .Code.ShouldBe("treatment_not_permitted");
        RemindOfMeasureAggregateHandler.Handle(remind, course.State!.Apply(new CarePaused(Course.Client)), facts, ask.DueAt).ShouldBeEmpty();
        var reminded = RemindOfMeasureAggregateHandler.Handle(remind, course.State, facts, ask.DueAt);
        reminded.OfType<ForStream>().Select(e => e.Event).OfType<NotificationRequested>().ShouldHaveSingleItem().Template.ShouldBe("something-to-answer");
        course.Know([.. reminded.Where(e => e is MeasureReminded)]);
        RemindOfMeasureAggregateHandler.Handle(remind, course.State, facts, ask.DueAt.AddDays(1)).ShouldBeEmpty();
        course.Phq9("r-1", 4).All<MeasureRequestAnswered>().ShouldBeEmpty();
        course.Answer("r-2", "gad-7", 0, 0, 0, 0, 0, 0, 0).Said<MeasureRequestAnswered>().RequestId.ShouldBe("q-1");
        course.State!.Requests.ShouldBeEmpty();
    }

    private sealed class PairComparer : IEqualityComparer<(string, string[])>
    {
        public bool Equals((string, string[]) x, (string, string[]) y) => x.Item1 == y.Item1 && x.Item2.SequenceEqual(y.Item2);

        public int GetHashCode((string, string[]) pair) => pair.Item1.GetHashCode(StringComparison.Ordinal);
    }
}
