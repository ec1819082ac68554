using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class EndingSessions
{
    private static readonly EndSession End = new("ses-1", 48, EndSession.Attended, "completed");

    [Fact]
    public void an_ended_session_leaves_the_clients_care_list() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(End, EndSessionAggregateHandler.Handle, Spec.Therapist)
            .Then(Some.Ended, Some.ToCare(new SessionUnlisted(Some.Client, "ses-1", "ended")), Some.Freed);

    [Fact]
    public void ending_twice_changes_nothing() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, Some.Ended)
            .When(End, EndSessionAggregateHandler.Handle, Spec.Therapist).ThenNothing();

    [Fact]
    public void an_end_is_not_revised() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, Some.Ended)
            .When(End with { ActualMinutes = 50 }, EndSessionAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("session_closed", "sessionId");

    [Fact]
    public void what_never_started_cannot_end() =>
        Spec.Given<TherapySession>(Some.Scheduled).When(End, EndSessionAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("session_not_in_progress", "sessionId");

    [Fact]
    public void what_was_called_off_or_stopped_cannot_end()
    {
        foreach (var last in new object[] { Some.Cancelled, Some.Stopped })
            Spec.Given<TherapySession>(Some.Scheduled, last)
                .When(End, EndSessionAggregateHandler.Handle, Spec.Therapist)
                .ThenViolates("session_closed", "sessionId");
    }

    [Fact]
    public void there_must_be_such_a_session() =>
        Spec.Given<TherapySession>().When(End, EndSessionAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("session_unknown", "sessionId");

    [Fact]
    public void a_client_stops_rather_than_ends() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(End, EndSessionAggregateHandler.Handle, Spec.ClientActor).ThenViolates("role_not_permitted");

    [Fact]
    public void every_field_is_checked_by_name()
    {
        var validator = new EndSessionValidator();
        validator.Validate(End).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(End with { SessionId = "" }, "SessionId");
        validator.ShouldBeInvalid(End with { ActualMinutes = -1 }, "ActualMinutes");
        validator.ShouldBeInvalid(End with { ActualMinutes = 1441 }, "ActualMinutes");
        validator.ShouldBeInvalid(End with { Attendance = "absent" }, "Attendance");
        validator.ShouldBeInvalid(End with { EndReason = "She felt better" }, "EndReason");
    }
}
