using System.Globalization;
using Clinic.Contracts;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain;

/// <summary>P6: an alert nobody takes on goes up the chain, step by step.</summary>
public class EscalatingAlerts
{
    private const string Id = "r-1-phq-9-item-9";
    private static readonly SafetyAlertRaised Raised = new(Id, "client-1", "phq-9-item-9", "r-1", Spec.Now);
    private static readonly OnCallAssigned Duty = new("duty-1", "ther-9", 1, Spec.Now.AddHours(-1), Spec.Now.AddHours(1));

    private static EscalationFacts Facts(params OnCallAssigned[] duties) =>
        new(Spec.Service, new FeedbackPolicy(), new RosterFacts([Spec.Fold<OnCallRoster>(duties)]));

    private static object[] Escalate(DateTimeOffset now, EscalationFacts facts, params object[] history) =>
        [.. Spec.Given<AlertCase>(history).When(new EscalateAlert(Id), EscalateAlertAggregateHandler.Handle, facts, now).Events.Select(e => e is ForStream other ? other.Event : e)];

    [Fact]
    public void whoever_is_on_call_is_told_and_the_next_step_is_set()
    {
        var decided = Escalate(Spec.Now, Facts(Duty), Raised);
        decided[0].ShouldBe(new AlertEscalated(Id, "client-1", 1, Spec.Now.AddMinutes(15), "ther-9"));
        ((NotificationRequested)decided[1]).Recipient.ShouldBe("staff:ther-9");
    }

    [Fact]
    public void an_hour_nobody_was_assigned_to_goes_to_the_address_book()
    {
        var decided = Escalate(Spec.Now.AddHours(1), Facts(Duty), Raised);
        ((AlertEscalated)decided[0]).PractitionerId.ShouldBeNull();
        ((NotificationRequested)decided[1]).Recipient.ShouldBe("staff:on-call");
    }

    [Fact]
    public void the_chain_has_an_end_which_is_told_again_and_again()
    {
        var first = new AlertEscalated(Id, "client-1", 1, Spec.Now.AddMinutes(15));
        var second = new AlertEscalated(Id, "client-1", 2, Spec.Now.AddMinutes(30));
        var third = (AlertEscalated)Escalate(Spec.Now.AddMinutes(30), Facts(), Raised, first, second)[0];
        (third.Level, third.NextAt).ShouldBe((3, Spec.Now.AddMinutes(30).AddDays(1)));
        var again = Escalate(third.NextAt, Facts(), Raised, first, second, third);
        ((AlertEscalated)again[0]).Level.ShouldBe(3);
        // not the notification of the day before
        ((NotificationRequested)again[1]).NotificationId.ShouldNotBe(((NotificationRequested)Escalate(Spec.Now.AddMinutes(30), Facts(), Raised, first, second)[1]).NotificationId);
    }

    [Fact]
    public void nothing_happens_before_it_is_due_or_when_somebody_has_it()
    {
        Escalate(Spec.Now.AddMinutes(-1), Facts(), Raised).ShouldBeEmpty();
        Escalate(Spec.Now.AddDays(1), Facts(), Raised, new AlertAcknowledged(Id, "client-1", "ther-1")).ShouldBeEmpty();
        Escalate(Spec.Now.AddDays(1), Facts(), Raised, new AlertRetracted(Id, "client-1", "r-2")).ShouldBeEmpty();
        // the deadline was moved by an escalation that came first
        Escalate(Spec.Now.AddMinutes(1), Facts(), Raised, new AlertEscalated(Id, "client-1", 1, Spec.Now.AddMinutes(15))).ShouldBeEmpty();
    }

    [Fact]
    public void what_is_no_emergency_reaches_the_supervisors_once()
    {
        var raised = new AllianceAlertRaised("r-1-srs-below-36", "client-1", "srs-below-36", "r-1", "srs", Spec.Now);
        object[] Of(params object[] history) => [.. Spec.Given<AlertCase>(history)
            .When(new EscalateAlert("r-1-srs-below-36"), EscalateAlertAggregateHandler.Handle, Facts(Duty), Spec.Now.AddDays(9)).Events];
        var decided = Of(raised);
        decided[0].ShouldBeOfType<AlertEscalated>().Level.ShouldBe(1);
        ((NotificationRequested)((ForStream)decided[1]).Event).Recipient.ShouldBe("staff:supervisor");
        Of(raised, decided[0]).ShouldBeEmpty();
    }

    [Fact]
    public void a_serious_answer_pages_who_is_on_call_at_once()
    {
        var course = new Course { Roster = new RosterFacts([Spec.Fold<OnCallRoster>(Duty)]) }
            .Know(new SupporterNoted(Course.Client, "ther-1", "video", "session", 1)).Answer("r-1", "phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 3);
        course.All<NotificationRequested>().Where(n => n.Template == "alert-waiting").Select(n => n.Recipient).ShouldBe(["staff:ther-1", "staff:ther-9"]);
    }

    [Fact]
    public void a_supporter_who_is_on_call_is_told_both_ways()
    {
        var course = new Course { Roster = new RosterFacts([Spec.Fold<OnCallRoster>(Duty)]) }
            .Know(new SupporterNoted(Course.Client, "ther-9", "video", "session", 1)).Answer("r-1", "phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 3);
        var told = course.All<NotificationRequested>().Where(n => n.Recipient == "staff:ther-9").ToArray();
        told.Select(n => n.Channel).ShouldBe(["push", "phone"]);
        told.Select(n => n.NotificationId).ShouldBeUnique();
    }

    [Theory]
    [InlineData("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", null)]
    [InlineData("2026-03-02T00:00:00Z", "2026-03-03T00:00:01Z", "2026-03-03T00:00:00Z")]
    [InlineData("2026-03-01T23:00:00Z", "2026-03-03T00:00:00Z", "2026-03-01T23:00:00Z")]
    public void an_unassigned_hour_is_found(string from, string to, string? gap)
    {
        (DateTimeOffset, DateTimeOffset)[] duties =
            [(At("2026-03-02T12:00:00Z"), At("2026-03-03T00:00:00Z")), (At("2026-03-02T00:00:00Z"), At("2026-03-02T12:00:00Z")), (At("2026-03-02T06:00:00Z"), At("2026-03-02T07:00:00Z"))];
        OnCallRoster.FirstGap(duties, At(from), At(to)).ShouldBe(gap is null ? null : At(gap));
        OnCallRoster.FirstGap([], At(from), At(to)).ShouldBe(At(from));
    }

    [Fact]
    public void a_roster_knows_its_duties_and_forgets_withdrawn_ones()
    {
        var command = new Contracts.Feedback.AssignOnCall("duty-1", "ther-9", 1, Duty.From, Duty.To);
        Spec.Given<OnCallRoster>().When(command, AssignOnCallAggregateHandler.Handle, Spec.Operator).Then(Duty);
        Spec.Given<OnCallRoster>(Duty).When(command, AssignOnCallAggregateHandler.Handle, Spec.Operator).ThenNothing();
        Spec.Given<OnCallRoster>(Duty).When(command with { Level = 2 }, AssignOnCallAggregateHandler.Handle, Spec.Operator).ThenViolates("duty_exists", "dutyId");
        var withdraw = new Contracts.Feedback.WithdrawOnCall("duty-1", Duty.From);
        Spec.Given<OnCallRoster>(Duty).When(withdraw, WithdrawOnCallAggregateHandler.Handle, Spec.Operator).Then(new OnCallWithdrawn("duty-1"));
        Spec.Given<OnCallRoster>(Duty, new OnCallWithdrawn("duty-1")).When(withdraw, WithdrawOnCallAggregateHandler.Handle, Spec.Operator).ThenNothing();
        Spec.Given<OnCallRoster>(Duty).When(withdraw with { DutyId = "duty-2" }, WithdrawOnCallAggregateHandler.Handle, Spec.Operator).ThenViolates("duty_unknown", "dutyId");
        new AssignOnCallValidator().ShouldBeInvalid(command with { To = Duty.From.AddDays(8) }, "To");
        new AssignOnCallValidator().ShouldBeInvalid(command with { Level = 4 }, "Level");
        OnCallRoster.StreamsAt(At("2026-03-03T00:00:00Z")).ShouldBe(["on-call-2026-02", "on-call-2026-03"]);
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
