using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class MovingSessions
{
    private static readonly DateTimeOffset Later = Some.Tomorrow.AddDays(2);
    private static readonly RescheduleSession Move = new("ses-1", Later, 50, Parties.Client);

    private static readonly SessionRescheduled Moved =
        new("ses-1", Some.Client, "ther-1", Later, 50, "Europe/Berlin", Parties.Client);

    private static readonly SessionRelisted Relisted = new(Some.Client, "ses-1", "video", Later, "platform-1");

    private static readonly BookingFacts ByClient = new(Spec.ClientActor, Some.Care(Some.Listed), Some.Platform);
    private static readonly BookingFacts ByTherapist = ByClient with { By = Spec.Therapist };

    [Fact]
    public void it_rests_on_the_same_as_when_it_was_booked_at_the_new_time()
    {
        Outcome Moving(BookingFacts facts) => Spec.Given<TherapySession>(Some.Scheduled)
            .When(Move, RescheduleSessionAggregateHandler.Handle, facts);
        var ends = Some.Consent with { ExpiresAt = Later };
        Moving(ByClient with { Care = Some.Care(ends) }).ThenViolates("consent_missing", "clientId");
        Moving(ByClient with { Care = Some.Care(Some.Suitability with { Modalities = ["text"] }) })
            .ThenViolates("suitability_refused", "modality");
        Moving(ByClient with { Platform = Some.Platform.Apply(new PlatformRevoked("platform-1", "breach")) })
            .ThenViolates("platform_not_approved", "platformId");
        Moving(ByClient with { Care = null }).ThenViolates("consent_missing", "clientId");
    }

    [Fact]
    public void a_session_that_is_held_is_not_announced_until_it_may_take_place()
    {
        var near = Some.Tomorrow.AddHours(-12);
        var held = new SessionHeld("ses-1", Some.Client, "licence-ended");
        var reminded = new ReminderRequested("ses-1", Some.Client, "n-1", Some.Tomorrow);
        Spec.Given<TherapySession>(Some.Scheduled, held)
            .When(new SendReminder("ses-1"), SendReminderAggregateHandler.Handle, Spec.Service, near).ThenNothing();
        Spec.Given<TherapySession>(Some.Scheduled, reminded)
            .When(
                new HoldSession("ses-1", "licence-ended", Some.Now), HoldSessionAggregateHandler.Handle, Spec.Service, near)
            .Then(held, new ReminderCancelled("ses-1", Some.Client, "n-1"));
        Spec.Given<TherapySession>(Some.Scheduled, held)
            .When(
                Move with { StartsAt = Some.Now.AddHours(5) }, RescheduleSessionAggregateHandler.Handle, ByClient)
            .Events.ShouldNotContain(happened => happened is ReminderRequested);
        Spec.Given<TherapySession>(Some.Scheduled, held)
            .When(new ReleaseSessionHold("ses-1"), ReleaseSessionHoldAggregateHandler.Handle, Spec.Therapist, near)
            .Then(
                new SessionHoldReleased("ses-1", Some.Client, "ther-1"),
                new ReminderRequested("ses-1", Some.Client, "appointment-ses-1-202603030900", Some.Tomorrow));
    }

    [Fact]
    public void a_client_moves_a_session_without_a_reason() =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Move, RescheduleSessionAggregateHandler.Handle, ByClient)
            .Then(Moved, Some.ToCare(Relisted));

    [Fact]
    public void a_reminder_of_the_old_time_is_cancelled_and_a_near_one_sent()
    {
        var soon = Some.Now.AddHours(5);
        var reminded = new ReminderRequested("ses-1", Some.Client, "n-1", Some.Tomorrow);
        Spec.Given<TherapySession>(Some.Scheduled, reminded)
            .When(Move with { StartsAt = soon }, RescheduleSessionAggregateHandler.Handle, ByClient)
            .Then(
                Moved with { StartsAt = soon }, new ReminderCancelled("ses-1", Some.Client, "n-1"),
                new ReminderRequested("ses-1", Some.Client, "appointment-ses-1-202603021400", soon),
                Some.ToCare(Relisted with { StartsAt = soon }));
    }

    [Fact]
    public void moving_it_to_where_it_is_changes_nothing() =>
        Spec.Given<TherapySession>(Some.Scheduled, Moved)
            .When(Move, RescheduleSessionAggregateHandler.Handle, ByClient).ThenNothing();

    [Fact]
    public void a_moved_session_booked_again_as_it_was_is_the_same_booking() =>
        Spec.Given<TherapySession>(Some.Scheduled, Moved)
            .When(
                new BookSession("ses-1", Some.Client, "ther-1", "video", Some.Tomorrow, 50, "Europe/Berlin", "platform-1"),
                BookSessionAggregateHandler.Handle, new BookingFacts(Spec.Therapist, null)).ThenNothing();

    [Fact]
    public void it_is_moved_before_it_begins_to_a_time_that_is_to_come()
    {
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(Move, RescheduleSessionAggregateHandler.Handle, ByTherapist)
            .ThenViolates("session_closed", "sessionId");
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Move with { StartsAt = Some.Now.AddMinutes(-1) }, RescheduleSessionAggregateHandler.Handle, ByTherapist)
            .ThenViolates("starts_in_past", "startsAt");
    }

    [Fact]
    public void a_reminder_is_sent_when_the_session_is_near_and_stands()
    {
        object[] Fire(DateTimeOffset now, params object[] given) => Spec.Given<TherapySession>(given)
            .When(new SendReminder("ses-1"), SendReminderAggregateHandler.Handle, Spec.Service, now).Events;
        var near = Some.Tomorrow.AddHours(-12);
        Fire(near, Some.Scheduled).ShouldHaveSingleItem().ShouldBeOfType<ReminderRequested>();
        Fire(near, Some.Scheduled, Some.Cancelled).ShouldBeEmpty();
        Fire(Some.Now, Some.Scheduled).ShouldBeEmpty();
        Fire(near, Some.Scheduled, new ReminderRequested("ses-1", Some.Client, "n-1", Some.Tomorrow)).ShouldBeEmpty();
    }

    [Fact, Trait("Scenario", "T41")]
    public void what_was_queued_for_a_client_who_stops_is_cancelled() =>
        Spec.Given<TherapySession>(Some.Scheduled, new ReminderRequested("ses-1", Some.Client, "n-1", Some.Tomorrow))
            .When(new StopSession("ses-1", Parties.Client), StopSessionAggregateHandler.Handle, Spec.ClientActor)
            .Then(
                Some.Stopped, new ReminderCancelled("ses-1", Some.Client, "n-1"),
                Some.ToCare(new SessionUnlisted(Some.Client, "ses-1", "stopped")));

    [Fact]
    public void another_way_to_meet_is_accepted_by_the_other_party_if_consent_holds()
    {
        var proposed = new ModalityChangeProposed("ses-1", Some.Client, "text", Parties.Practitioner);
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(
                new ProposeModality("ses-1", "text", Parties.Practitioner), ProposeModalityAggregateHandler.Handle,
                Spec.Therapist)
            .Then(proposed);
        var accept = new AnswerModality("ses-1", "text", true, Parties.Client);
        var text = Some.Consent with { DirectiveId = "dir-2", Scopes = [Some.Video with { Value = "text" }] };
        Spec.Given<TherapySession>(Some.Scheduled, proposed)
            .When(accept, AnswerModalityAggregateHandler.Handle, new ModalityFacts(Spec.ClientActor, Some.Care(text)))
            .Then(
                new ModalityChangeAccepted("ses-1", Some.Client, "text", "text/1"),
                Some.ToCare(new SessionRelisted(Some.Client, "ses-1", "text", Some.Tomorrow, "platform-1")));
        Spec.Given<TherapySession>(Some.Scheduled, proposed)
            .When(accept, AnswerModalityAggregateHandler.Handle, new ModalityFacts(Spec.ClientActor, Some.Care()))
            .ThenViolates("modality_consent_missing", "modality");
        Spec.Given<TherapySession>(Some.Scheduled, proposed)
            .When(
                accept with { By = Parties.Practitioner }, AnswerModalityAggregateHandler.Handle,
                new ModalityFacts(Spec.Therapist, Some.Care(text)))
            .ThenViolates("own_proposal", "by");
    }

    [Fact]
    public void declining_has_no_consequence()
    {
        var proposed = new ModalityChangeProposed("ses-1", Some.Client, "text", Parties.Practitioner);
        var declined = new ModalityChangeDeclined("ses-1", Some.Client, "text");
        Spec.Given<TherapySession>(Some.Scheduled, proposed)
            .When(
                new AnswerModality("ses-1", "text", false, Parties.Client), AnswerModalityAggregateHandler.Handle,
                new ModalityFacts(Spec.ClientActor, null))
            .Then(declined);
        Spec.Fold<TherapySession>(Some.Scheduled, proposed, declined).ShouldBe(Spec.Fold<TherapySession>(Some.Scheduled));
    }

    [Fact]
    public void every_modality_has_a_cue_profile_that_says_what_is_missing()
    {
        foreach (var modality in Modalities.All) CueProfiles.Of(modality).ShouldMatch($@"\A{modality}/[1-9][0-9]*\z");
        CueProfiles.All.ShouldBeUnique();
        CueProfiles.MissingIn(CueProfiles.Of(Modalities.Text)).ShouldContain("voice");
        CueProfiles.MissingIn(CueProfiles.Of(Modalities.InPerson)).ShouldBeEmpty();
    }
}
