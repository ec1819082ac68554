using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class StartingSessions
{
    private static readonly StartSession Start = new("ses-1", true, true, "DE-BE");
    private static readonly StartFacts Facts = Some.Facts() with { Care = Some.Care(Some.Listed) };

    private static readonly ForStream Engaged =
        new("engaged-ther-1-20260303", typeof(PractitionerDay), Some.Engaged);

    private static SessionGateEvaluated Evaluated(StartFacts facts, bool passed) => new(
        "ses-1", Some.Client, StartGate.Evaluate(Start, TherapySession.Create(Some.Scheduled), facts, Some.Tomorrow),
        passed, "DE-BE");

    [Fact, Trait("Scenario", "T4")]
    public void an_open_gate_starts_the_session_and_marks_it_open_in_the_clients_care() =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Start, StartSessionAggregateHandler.Handle, Facts, Some.Tomorrow)
            .Then(Evaluated(Facts, true), Some.Started, Some.ToCare(Some.Opened), Engaged);

    [Fact, Trait("Scenario", "T30")]
    public void a_closed_gate_is_recorded_and_nothing_starts()
    {
        var stale = Facts with { ConsentFactsAge = TimeSpan.FromSeconds(11) };
        var events = Spec.Given<TherapySession>(Some.Scheduled)
            .When(Start, StartSessionAggregateHandler.Handle, stale, Some.Tomorrow).Events;
        Spec.Json(events[0]).ShouldBe(Spec.Json(Evaluated(stale, false)));
        // on record, and refused by name
        var refusal = events[1].ShouldBeOfType<RuleViolation>();
        refusal.Code.ShouldBe("gate_failed");
        refusal.Message.ShouldContain("consent-facts-fresh");
        events.Length.ShouldBe(2);
    }

    [Fact]
    public void a_session_kept_waiting_may_start_later() =>
        Spec.Given<TherapySession>(Some.Scheduled, Evaluated(Facts with { GapOpen = true }, false))
            .When(Start, StartSessionAggregateHandler.Handle, Facts, Some.Tomorrow)
            .Then(Evaluated(Facts, true), Some.Started, Some.ToCare(Some.Opened), Engaged);

    [Fact]
    public void starting_twice_changes_nothing() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(Start, StartSessionAggregateHandler.Handle, Facts with { Care = null }, Some.Tomorrow).ThenNothing();

    [Fact]
    public void there_must_be_such_a_session() =>
        Spec.Given<TherapySession>().When(Start, StartSessionAggregateHandler.Handle, Facts)
            .ThenViolates("session_unknown", "sessionId");

    [Fact]
    public void what_is_over_does_not_start()
    {
        foreach (var last in new object[] { Some.Ended, Some.Cancelled, Some.Stopped })
            Spec.Given<TherapySession>(Some.Scheduled, last).When(Start, StartSessionAggregateHandler.Handle, Facts)
                .ThenViolates("session_closed", "sessionId");
    }

    [Fact]
    public void a_client_is_in_one_session_at_a_time()
    {
        var busy = Some.Care(
            Some.Listed, Some.Listed with { SessionId = "ses-2" }, Some.Opened with { SessionId = "ses-2" });
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Start, StartSessionAggregateHandler.Handle, Facts with { Care = busy }, Some.Tomorrow)
            .ThenViolates("client_in_session", "sessionId");
    }

    [Fact]
    public void a_practitioner_is_in_one_session_at_a_time_or_in_one_group()
    {
        var engaged = Some.Engaged with { SessionId = "ses-2", GroupId = "group-1" };
        var busy = Facts with { Days = [Spec.Fold<PractitionerDay>(engaged), null] };
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Start, StartSessionAggregateHandler.Handle, busy, Some.Tomorrow)
            .ThenViolates("practitioner_in_session", "sessionId");
        Spec.Given<TherapySession>(Some.Scheduled with { GroupId = "group-1" })
            .When(Start, StartSessionAggregateHandler.Handle, busy, Some.Tomorrow).Events
            .ShouldContain(e => e is SessionStarted);
        var freed = new PractitionerFreed(engaged.PractitionerId, engaged.Day, engaged.SessionId);
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(
                Start, StartSessionAggregateHandler.Handle,
                Facts with { Days = [Spec.Fold<PractitionerDay>(engaged, freed)] }, Some.Tomorrow).Events
            .ShouldContain(e => e is SessionStarted);
    }

    [Theory]
    [InlineData(Roles.Client)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Service)]
    public void clinic_staff_start_sessions(string role) =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Start, StartSessionAggregateHandler.Handle, Facts with { By = new Actor("x", role, "north") })
            .ThenViolates("role_not_permitted");

    [Fact]
    public void every_field_is_checked_by_name()
    {
        var validator = new StartSessionValidator();
        validator.Validate(Start).IsValid.ShouldBeTrue();
        validator.Validate(Start with { Jurisdiction = "DE" }).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Start with { SessionId = "" }, "SessionId");
        validator.ShouldBeInvalid(Start with { Jurisdiction = "Berlin" }, "Jurisdiction");
        validator.ShouldBeInvalid(Start with { Jurisdiction = null! }, "Jurisdiction");
    }
}
