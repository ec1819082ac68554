using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class StartingSessions
{
    private static readonly StartSession Start = new("ses-1", true, true, "DE-BE");
    private static readonly StartFacts Facts =
        new(Spec.Therapist, Some.Care(Some.Listed), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), GapOpen: false);

    private static SessionGateEvaluated Evaluated(StartFacts facts, bool passed) => new(
        "ses-1", Some.Client, StartGate.Evaluate(Start, TherapySession.Create(Some.Scheduled), facts, Some.Tomorrow),
        passed);

    [Fact, Trait("Scenario", "T4")]
    public void an_open_gate_starts_the_session_and_marks_it_open_in_the_clients_care() =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Start, StartSessionAggregateHandler.Handle, Facts, Some.Tomorrow)
            .Then(Evaluated(Facts, true), Some.Started, Some.ToCare(Some.Opened));

    [Fact, Trait("Scenario", "T30")]
    public void a_closed_gate_is_recorded_and_nothing_starts()
    {
        var stale = Facts with { ConsentFactsAge = TimeSpan.FromSeconds(11) };
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Start, StartSessionAggregateHandler.Handle, stale, Some.Tomorrow)
            .Then(Evaluated(stale, false));
    }

    [Fact]
    public void a_session_kept_waiting_may_start_later() =>
        Spec.Given<TherapySession>(Some.Scheduled, Evaluated(Facts with { GapOpen = true }, false))
            .When(Start, StartSessionAggregateHandler.Handle, Facts, Some.Tomorrow)
            .Then(Evaluated(Facts, true), Some.Started, Some.ToCare(Some.Opened));

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
