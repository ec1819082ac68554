using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class StoppingSessions
{
    private static readonly StopSession Stop = new("ses-1", Parties.Client);
    private static readonly ForStream Unlisted = Some.ToCare(new SessionUnlisted(Some.Client, "ses-1", "stopped"));

    [Fact, Trait("Scenario", "T41")]
    public void a_client_stops_from_any_open_state_without_a_reason()
    {
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Stop, StopSessionAggregateHandler.Handle, Spec.ClientActor).Then(Some.Stopped, Unlisted);
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(Stop, StopSessionAggregateHandler.Handle, Spec.ClientActor)
            .Then(Some.Stopped, Unlisted, Some.Freed);
    }

    [Fact, Trait("Scenario", "T41")]
    public void a_clients_stop_of_what_is_over_is_accepted_and_changes_nothing()
    {
        foreach (var last in new object[] { Some.Ended, Some.Cancelled, Some.Stopped })
            Spec.Given<TherapySession>(Some.Scheduled, last)
                .When(Stop, StopSessionAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
    }

    [Fact]
    public void a_practitioner_stops_what_is_in_progress_for_safety() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(
                Stop with { By = Parties.Practitioner, Reason = "Fire alarm" }, StopSessionAggregateHandler.Handle,
                Spec.Therapist)
            .Then(
                new SessionStopped("ses-1", Some.Client, Parties.Practitioner, SessionStopped.ForSafety, "Fire alarm"),
                Unlisted, Some.Freed);

    [Fact]
    public void stopping_twice_changes_nothing() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, Some.Stopped)
            .When(Stop with { By = Parties.Practitioner }, StopSessionAggregateHandler.Handle, Spec.Therapist)
            .ThenNothing();

    [Fact]
    public void a_practitioner_cancels_what_has_not_started() =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Stop with { By = Parties.Practitioner }, StopSessionAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("session_not_in_progress", "sessionId");

    [Fact]
    public void a_practitioner_cannot_stop_what_is_over()
    {
        foreach (var last in new object[] { Some.Ended, Some.Cancelled })
            Spec.Given<TherapySession>(Some.Scheduled, last)
                .When(Stop with { By = Parties.Practitioner }, StopSessionAggregateHandler.Handle, Spec.Therapist)
                .ThenViolates("session_closed", "sessionId");
    }

    [Fact]
    public void there_must_be_such_a_session() =>
        Spec.Given<TherapySession>().When(Stop, StopSessionAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("session_unknown", "sessionId");

    [Fact]
    public void nobody_stops_in_anothers_name()
    {
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(Stop with { By = Parties.Practitioner }, StopSessionAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("role_not_permitted", "by");
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(Stop, StopSessionAggregateHandler.Handle, new Actor("x", Roles.Auditor, "north"))
            .ThenViolates("role_not_permitted", "by");
    }

    [Fact]
    public void every_field_is_checked_by_name()
    {
        var validator = new StopSessionValidator();
        validator.Validate(Stop).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Stop with { SessionId = "" }, "SessionId");
        validator.ShouldBeInvalid(Stop with { By = Parties.ConsentWithdrawn }, "By");
        validator.ShouldBeInvalid(Stop with { Reason = new string('x', 1001) }, "Reason");
    }
}
