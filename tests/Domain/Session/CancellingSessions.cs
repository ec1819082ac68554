using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class CancellingSessions
{
    private static readonly CancelSession Cancel = new("ses-1", Parties.Client);
    private static readonly ForStream Unlisted = Some.ToCare(new SessionUnlisted(Some.Client, "ses-1", "cancelled"));

    [Fact]
    public void a_client_cancels_without_a_reason() =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Cancel, CancelSessionAggregateHandler.Handle, Spec.ClientActor).Then(Some.Cancelled, Unlisted);

    [Fact]
    public void a_reason_is_kept_when_given() =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(
                Cancel with { By = Parties.Practitioner, Reason = "Ill" }, CancelSessionAggregateHandler.Handle,
                Spec.Therapist)
            .Then(Some.Cancelled with { By = Parties.Practitioner, Reason = "Ill" }, Unlisted);

    [Fact]
    public void notice_is_in_whole_hours_and_never_negative()
    {
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Cancel, CancelSessionAggregateHandler.Handle, Spec.ClientActor, Some.Tomorrow.AddMinutes(-119))
            .Then(Some.Cancelled with { NoticeHours = 1 }, Unlisted);
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Cancel, CancelSessionAggregateHandler.Handle, Spec.ClientActor, Some.Tomorrow.AddHours(5))
            .Then(Some.Cancelled with { NoticeHours = 0 }, Unlisted);
    }

    [Fact]
    public void cancelling_twice_changes_nothing() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Cancelled)
            .When(Cancel, CancelSessionAggregateHandler.Handle, Spec.ClientActor).ThenNothing();

    [Fact]
    public void what_has_begun_is_stopped_instead() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(Cancel, CancelSessionAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("session_in_progress", "sessionId");

    [Fact]
    public void what_is_over_cannot_be_cancelled()
    {
        foreach (var last in new object[] { Some.Ended, Some.Stopped })
            Spec.Given<TherapySession>(Some.Scheduled, Some.Started, last)
                .When(Cancel, CancelSessionAggregateHandler.Handle, Spec.ClientActor)
                .ThenViolates("session_closed", "sessionId");
    }

    [Fact]
    public void there_must_be_such_a_session() =>
        Spec.Given<TherapySession>().When(Cancel, CancelSessionAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("session_unknown", "sessionId");

    [Fact]
    public void only_the_system_itself_speaks_for_a_withdrawn_consent()
    {
        var withdrawn = Cancel with { By = Parties.ConsentWithdrawn };
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(withdrawn, CancelSessionAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("role_not_permitted", "by");
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(withdrawn, CancelSessionAggregateHandler.Handle, Spec.Service)
            .Then(Some.Cancelled with { By = Parties.ConsentWithdrawn }, Unlisted);
    }

    [Fact]
    public void nobody_cancels_in_anothers_name()
    {
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Cancel with { By = Parties.Practitioner }, CancelSessionAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("role_not_permitted", "by");
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Cancel, CancelSessionAggregateHandler.Handle, new Actor("x", Roles.Auditor, "north"))
            .ThenViolates("role_not_permitted", "by");
    }

    [Fact]
    public void every_field_is_checked_by_name()
    {
        var validator = new CancelSessionValidator();
        validator.Validate(Cancel).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Cancel with { SessionId = "" }, "SessionId");
        validator.ShouldBeInvalid(Cancel with { By = "somebody" }, "By");
        validator.ShouldBeInvalid(Cancel with { Reason = new string('x', 1001) }, "Reason");
    }
}
