using System.Globalization;
using Clinic.Contracts;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain;

/// <summary>A person's answer is promised within two working days, by the client's own clock.</summary>
public class AnsweringInTime
{
    private static readonly NoteMessage FromClient = new("client-1", "thread-1", "m-1", true, true, false, Spec.Now, "Europe/London");
    private static readonly NoteMessage Reply = FromClient with { MessageId = "m-2", FromClient = false, SentAt = Spec.Now.AddHours(5) };
    private static readonly ResponseDueSet Due = new("thread-1", "m-1", "client-1", Spec.Now, Spec.Now.AddDays(2));
    private static readonly ResponseOverdue Late = new("thread-1", "m-1", "client-1", Due.DueAt, 1, Due.DueAt.AddDays(1));

    private static ClockFacts Facts(ClientCourse? course = null) => new(Spec.Service, new FeedbackPolicy(), course);

    [Theory, Trait("Scenario", "T43")]
    [InlineData("Europe/London", "2026-03-02T09:00:00Z", "2026-03-04T09:00:00Z")] // Monday to Wednesday
    [InlineData("Europe/London", "2026-03-05T09:00:00Z", "2026-03-09T09:00:00Z")] // Thursday: a weekend between
    [InlineData("Europe/London", "2026-03-06T23:30:00Z", "2026-03-10T23:30:00Z")] // late on Friday is Friday
    [InlineData("Europe/London", "2026-03-07T12:00:00Z", "2026-03-11T00:00:00Z")] // Saturday counts from Monday's beginning
    [InlineData("Pacific/Auckland", "2026-03-06T12:00:00Z", "2026-03-10T11:00:00Z")] // Friday here, Saturday there
    [InlineData("Europe/London", "2026-03-27T09:00:00Z", "2026-03-31T08:00:00Z")] // clocks go forward on Sunday
    [InlineData("Europe/London", "2026-10-23T08:00:00Z", "2026-10-27T09:00:00Z")] // and back
    [InlineData("Africa/Cairo", "2026-04-22T22:30:00Z", "2026-04-26T21:30:00Z")] // Thursday there; the clocks skip an hour on the Friday between
    [InlineData("No/Where", "2026-03-02T09:00:00Z", "2026-03-04T09:00:00Z")]
    public void two_working_days_by_the_clients_clock(string zone, string sent, string due) =>
        WorkingTime.After(At(sent), 2, zone, []).ShouldBe(At(due));

    [Fact]
    public void an_hour_that_is_skipped_or_comes_twice_has_one_deadline()
    {
        // Cairo skips 00:00 to 01:00 on Friday 24 April 2026: Wednesday's 00:30 is due at the first instant that exists
        WorkingTime.After(At("2026-04-21T22:30:00Z"), 2, "Africa/Cairo", []).ShouldBe(At("2026-04-23T22:00:00Z"));
        // and has 23:30 twice on Thursday 29 October 2026: the first is meant
        WorkingTime.After(At("2026-10-27T20:30:00Z"), 2, "Africa/Cairo", []).ShouldBe(At("2026-10-29T20:30:00Z"));
    }

    [Fact]
    public void holidays_are_no_working_days() =>
        WorkingTime.After(At("2026-04-02T09:00:00Z"), 2, "Europe/London", [new DateOnly(2026, 4, 3), new DateOnly(2026, 4, 6)]).ShouldBe(At("2026-04-08T09:00:00Z"));

    [Fact]
    public void a_message_starts_the_clock_and_a_second_one_does_not_set_it_back()
    {
        Spec.Given<ResponseClock>().When(FromClient, NoteMessageAggregateHandler.Handle, Facts()).Then(Due);
        Spec.Given<ResponseClock>(Due).When(FromClient with { MessageId = "m-9", SentAt = Spec.Now.AddHours(1) }, NoteMessageAggregateHandler.Handle, Facts()).ThenNothing();
    }

    [Fact]
    public void a_persons_answer_stops_it_and_a_machines_does_not()
    {
        Spec.Given<ResponseClock>(Due).When(Reply, NoteMessageAggregateHandler.Handle, Facts()).Then(new ResponseMet("thread-1", "m-1", "client-1", 5, true));
        Spec.Given<ResponseClock>(Due).When(Reply with { ByPerson = false }, NoteMessageAggregateHandler.Handle, Facts()).ThenNothing();
        Spec.Given<ResponseClock>(Due, Late).When(Reply with { SentAt = Spec.Now.AddDays(3) }, NoteMessageAggregateHandler.Handle, Facts())
            .Then(new ResponseMet("thread-1", "m-1", "client-1", 72, false));
        Spec.Given<ResponseClock>().When(Reply, NoteMessageAggregateHandler.Handle, Facts()).ThenNothing();
        // the next message starts it again
        Spec.Given<ResponseClock>(Due, new ResponseMet("thread-1", "m-1", "client-1", 5, true))
            .When(FromClient with { MessageId = "m-3" }, NoteMessageAggregateHandler.Handle, Facts()).Then(Due with { MessageId = "m-3" });
    }

    [Fact, Trait("Scenario", "T43")]
    public void unanswered_it_reaches_the_therapist_and_then_the_supervisors()
    {
        var facts = Facts(Spec.Fold<ClientCourse>(new SupporterNoted("client-1", "ther-1", "text", "session", 1)));
        object[] Overdue(DateTimeOffset now, params object[] history) => [.. Spec.Given<ResponseClock>(history)
            .When(new NoteOverdue("thread-1"), NoteOverdueAggregateHandler.Handle, facts, now).Events.Select(e => e is ForStream other ? other.Event : e)];

        Overdue(Due.DueAt.AddMinutes(-1), Due).ShouldBeEmpty();
        var first = Overdue(Due.DueAt, Due);
        first[0].ShouldBe(Late);
        ((NotificationRequested)first[1]).Recipient.ShouldBe("staff:ther-1");
        var second = Overdue(Due.DueAt.AddDays(1), Due, Late);
        second.OfType<ResponseOverdue>().Single().Level.ShouldBe(2);
        second.OfType<SupervisionReviewRequested>().Single().Trigger.ShouldBe("response-overdue");
        Overdue(Due.DueAt.AddDays(9), Due, Late, second[0]).ShouldBeEmpty();
        Overdue(Due.DueAt, Due, new ResponseMet("thread-1", "m-1", "client-1", 5, true)).ShouldBeEmpty();
    }

    [Fact]
    public void whoever_writes_by_email_is_told_that_nobody_watches_for_emergencies()
    {
        var course = Spec.Fold<ClientCourse>(new FeedbackPreferenceSet("client-1", 1, ["email"], "Europe/Berlin"));
        var decided = Spec.Given<ResponseClock>().When(FromClient with { AutoReply = true }, NoteMessageAggregateHandler.Handle, Facts(course)).Events;
        var told = decided.OfType<ForStream>().Select(e => e.Event).OfType<NotificationRequested>().Single();
        (told.Template, told.Channel, told.Argument).ShouldBe(("not-monitored", "email", "2"));
    }

    [Fact]
    public void also_who_wants_nothing_sent_is_told_that()
    {
        var decided = Spec.Given<ResponseClock>().When(FromClient with { AutoReply = true }, NoteMessageAggregateHandler.Handle, Facts()).Events;
        var told = decided.OfType<ForStream>().Select(e => e.Event).OfType<NotificationRequested>().ShouldHaveSingleItem();
        (told.Template, told.Channel).ShouldBe(("not-monitored", "in-app"));
    }

    [Fact]
    public void the_same_message_id_in_another_conversation_is_another_cause()
    {
        var facts = Facts(Spec.Fold<ClientCourse>(new SupporterNoted("client-1", "ther-1", "text", "session", 1)));
        object[] Of(string thread)
        {
            var due = Due with { ThreadId = thread };
            var late = Late with { ThreadId = thread };
            return
            [
                .. Spec.Given<ResponseClock>().When(FromClient with { ThreadId = thread, AutoReply = true }, NoteMessageAggregateHandler.Handle, facts).Events,
                .. Spec.Given<ResponseClock>(due).When(new NoteOverdue(thread), NoteOverdueAggregateHandler.Handle, facts, Due.DueAt).Events,
                .. Spec.Given<ResponseClock>(due, late).When(new NoteOverdue(thread), NoteOverdueAggregateHandler.Handle, facts, Due.DueAt.AddDays(1)).Events
            ];
        }
        string[] Streams(object[] decided) => [.. decided.OfType<ForStream>().Select(e => e.StreamId).Where(id => id != "course-client-1")];
        var both = Streams(Of("thread-1")).Concat(Streams(Of("thread-2"))).ToArray();
        // told, late, asked to look and told of that
        both.Length.ShouldBe(8);
        both.ShouldBeUnique();
        // the message is named as it is known
        Of("thread-1").OfType<ForStream>().Select(e => e.Event).OfType<SupervisionReviewRequested>().Single().SourceId.ShouldBe("m-1");
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
