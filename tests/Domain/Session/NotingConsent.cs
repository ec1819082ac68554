using Clinic.Contracts.Consent;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class NotingConsent
{
    private static readonly NoteConsent Granted = new(
        Some.Client, "dir-1", 2, ConsentNoted.Granted, [Some.Treatment, Some.Video], "consent", 41,
        Some.Now.AddDays(-1));

    private static readonly NoteConsent Withdrawn = new(
        Some.Client, "dir-1", 3, ConsentNoted.Withdrawn, [Some.Treatment, Some.Video], "consent", 44,
        EffectiveAt: Some.Now);

    private static readonly ConsentNoted WithdrawnNoted = Some.Consent with
    {
        DirectiveVersion = 3,
        Status = ConsentNoted.Withdrawn,
        Sequence = 44,
        WithdrawnFrom = Some.Now
    };

    private static readonly SessionStopped Stopped =
        new("ses-1", Some.Client, Parties.ConsentWithdrawn, SessionStopped.ForConsent);

    private static readonly SessionUnlisted Unlisted = new(Some.Client, "ses-1", Parties.ConsentWithdrawn);

    private static readonly RecordedSession[] Running = [new("ses-1", Some.Client), new("ses-9", "client-9")];

    private static Outcome Note(NoteConsent note, params object[] care) =>
        Spec.Given<ClientCare>(care).When(note, NoteConsentAggregateHandler.Handle, new WithdrawalFacts(Spec.Service, Running));

    [Fact]
    public void a_first_word_of_a_client_is_kept() => Note(Granted).Then(Some.Consent);

    [Fact, Trait("Scenario", "T26")]
    public void the_same_word_again_changes_nothing()
    {
        Note(Granted, Some.Consent).ThenNothing();
        Note(Withdrawn, Some.Consent, WithdrawnNoted).ThenNothing();
    }

    [Fact, Trait("Scenario", "T27")]
    public void a_grant_overtaken_by_its_withdrawal_opens_no_window()
    {
        var early = WithdrawnNoted with { ValidFrom = null };
        Note(Withdrawn).Then(early);
        Note(Granted, early).ThenNothing();
        Spec.Fold<ClientCare>(early)!.Treatment(Some.Now.AddMinutes(-1)).ShouldBeNull();
    }

    [Fact]
    public void what_is_replaced_from_an_instant_ahead_holds_until_then_and_cancels_nothing()
    {
        var ahead = Some.Now.AddHours(2);
        var successor = Some.Consent with { DirectiveId = "dir-2", ValidFrom = ahead };
        var replaced = WithdrawnNoted with { Status = ConsentNoted.Superseded, WithdrawnFrom = ahead };
        Note(Withdrawn with { Status = ConsentNoted.Superseded, EffectiveAt = ahead },
            Some.Consent, successor, Some.Listed with { StartsAt = Some.Now.AddHours(1) }, Some.Listed with { SessionId = "ses-2" }).Then(replaced);
        var care = Spec.Fold<ClientCare>(Some.Consent, successor, replaced)!;
        (care.Treatment(ahead.AddTicks(-1))!.DirectiveId, care.Treatment(ahead)!.DirectiveId).ShouldBe(("dir-1", "dir-2"));
        Note(Withdrawn with { Status = ConsentNoted.Superseded }, Some.Consent).Then(replaced with { WithdrawnFrom = null });
    }

    [Fact, Trait("Scenario", "T24")]
    public void a_withdrawal_stops_what_is_in_progress() =>
        Note(Withdrawn, Some.Consent, Some.Suitability, Some.Listed, Some.Opened)
            .Then(WithdrawnNoted, Some.ToSession("ses-1", Stopped), Unlisted, Some.Freed);

    [Fact, Trait("Scenario", "T24")]
    public void a_withdrawal_cancels_every_future_session() =>
        Note(Withdrawn, Some.Consent, Some.Listed, Some.Opened, Some.Listed with { SessionId = "ses-2" })
            .Then(
                WithdrawnNoted,
                Some.ToSession("ses-1", Stopped), Unlisted, Some.Freed,
                Some.ToSession("ses-2", new SessionCancelled("ses-2", Some.Client, Parties.ConsentWithdrawn, 24)),
                Unlisted with { SessionId = "ses-2" });

    [Fact]
    public void a_session_whose_start_has_passed_is_cancelled_too() =>
        Note(Withdrawn, Some.Consent, Some.Listed with { StartsAt = Some.Now.AddMinutes(-3) })
            .Then(
                WithdrawnNoted,
                Some.ToSession("ses-1", new SessionCancelled("ses-1", Some.Client, Parties.ConsentWithdrawn, 0)),
                Unlisted);

    [Fact]
    public void withdrawing_one_modality_leaves_the_others_alone()
    {
        var voice = new ConsentScope(ScopeKinds.Modality, "voice");
        var consent = Some.Consent with { DirectiveId = "dir-2", Scopes = [voice] };
        Note(
                Withdrawn with { DirectiveId = "dir-2", Scopes = [voice] },
                Some.Consent, consent, Some.Listed, Some.Listed with { SessionId = "ses-2", Modality = "voice" })
            .Then(
                WithdrawnNoted with { DirectiveId = "dir-2", Scopes = [voice] },
                Some.ToSession("ses-2", new SessionCancelled("ses-2", Some.Client, Parties.ConsentWithdrawn, 24)),
                Unlisted with { SessionId = "ses-2" });
    }

    [Fact]
    public void what_a_session_does_not_rest_on_does_not_end_it()
    {
        var sharing = new ConsentScope(ScopeKinds.Disclosure, Disclosure: new("harbour", "TREAT", ["summaries"], []));
        // This session's own consent has lapsed meanwhile; that is not this withdrawal's doing.
        var lapsed = Some.Consent with { ExpiresAt = Some.Now };
        Note(
                Withdrawn with { DirectiveId = "dir-2", Scopes = [sharing] },
                lapsed, Some.Consent with { DirectiveId = "dir-2", Scopes = [sharing] }, Some.Listed, Some.Opened)
            .Then(WithdrawnNoted with { DirectiveId = "dir-2", Scopes = [sharing] });
    }

    [Fact]
    public void another_directive_may_carry_a_session_on() =>
        Note(Withdrawn, Some.Consent, Some.Consent with { DirectiveId = "dir-2" }, Some.Listed, Some.Opened)
            .Then(WithdrawnNoted);

    [Fact]
    public void a_withdrawal_that_lies_ahead_cancels_only_what_comes_after_it()
    {
        var ahead = Some.Tomorrow.AddHours(1);
        Note(
                Withdrawn with { EffectiveAt = ahead },
                Some.Consent, Some.Listed, Some.Listed with { SessionId = "ses-2", StartsAt = ahead })
            .Then(
                WithdrawnNoted with { WithdrawnFrom = ahead },
                Some.ToSession("ses-2", new SessionCancelled("ses-2", Some.Client, Parties.ConsentWithdrawn, 25)),
                Unlisted with { SessionId = "ses-2" });
    }

    [Fact]
    public void an_expiry_ends_what_rested_on_it() =>
        Note(
                Withdrawn with { Status = ConsentNoted.Expired, EffectiveAt = null },
                Some.Consent, Some.Listed, Some.Opened)
            .Then(
                WithdrawnNoted with { Status = ConsentNoted.Expired, WithdrawnFrom = null },
                Some.ToSession("ses-1", Stopped), Unlisted, Some.Freed);

    [Fact]
    public void a_refusal_is_noted() =>
        Note(Granted with { Status = ConsentNoted.Refused, ValidFrom = null })
            .Then(Some.Consent with { Status = ConsentNoted.Refused, ValidFrom = null });

    [Fact]
    public void a_new_grant_ends_nothing() =>
        Note(Granted with { DirectiveId = "dir-2" }, Some.Plan, Some.Listed, Some.Opened)
            .Then(Some.Consent with { DirectiveId = "dir-2" });

    [Fact, Trait("Scenario", "T41")]
    public void a_reminder_of_a_session_that_is_cancelled_is_not_sent()
    {
        var soon = Some.Now.AddHours(2);
        Note(Withdrawn, Some.Consent, Some.Listed with { StartsAt = soon })
            .Then(
                WithdrawnNoted,
                Some.ToSession("ses-1", new SessionCancelled("ses-1", Some.Client, Parties.ConsentWithdrawn, 2)),
                Some.ToSession(
                    "ses-1", new ReminderCancelled("ses-1", Some.Client, "appointment-ses-1-202603021100")),
                Unlisted);
    }

    [Fact, Trait("Scenario", "T24")]
    public void a_recorder_stops_with_the_consent_to_it_for_everybody_who_was_recorded_together()
    {
        var recording = new ConsentScope(ScopeKinds.Recording);
        var consent = Some.Consent with { DirectiveId = "dir-2", Scopes = [recording] };
        var together = new[] { new RecordedSession("ses-1", Some.Client), new RecordedSession("ses-9", "client-9") };
        Note(
                Withdrawn with { DirectiveId = "dir-2", Scopes = [recording] },
                Some.Consent, consent, Some.Listed, Some.Opened,
                new RecordingListed(Some.Client, "ses-1", On: true, together))
            .Then(
                WithdrawnNoted with { DirectiveId = "dir-2", Scopes = [recording] },
                Some.ToSession("ses-1", new RecordingStopped("ses-1", Some.Client, RecordingStopped.ConsentWithdrawn)),
                Some.ToSession("ses-9", new RecordingStopped("ses-9", "client-9", RecordingStopped.ConsentWithdrawn)),
                new RecordingListed(Some.Client, "ses-1", On: false, []),
                new Clinic.Contracts.ForStream(
                    "care-client-9", typeof(ClientCare), new RecordingListed("client-9", "ses-9", On: false, [])));
    }

    [Fact]
    public void what_is_withdrawn_for_a_day_ahead_is_carried_out_when_that_day_comes()
    {
        var ahead = WithdrawnNoted with { WithdrawnFrom = Some.Now.AddHours(2) };
        var care = new object[] { Some.Consent, Some.Listed, Some.Opened, ahead };
        Outcome End(DateTimeOffset now, params object[] more) => Spec.Given<ClientCare>([.. care, .. more])
            .When(new EndConsent(Some.Client, "dir-1"), EndConsentAggregateHandler.Handle, new WithdrawalFacts(Spec.Service, []), now);
        Note(Withdrawn with { EffectiveAt = ahead.WithdrawnFrom }, Some.Consent, Some.Listed with { StartsAt = Some.Now }, Some.Opened).Then(ahead);
        End(Some.Now.AddHours(1)).ThenNothing();
        End(Some.Now.AddHours(2)).Then(Some.ToSession("ses-1", Stopped), Unlisted, Some.Freed);
        End(Some.Now.AddHours(2), Unlisted).ThenNothing();
    }

    [Fact, Trait("Scenario", "T24")]
    public void a_session_that_is_stopped_is_not_recorded_on() =>
        Note(
                Withdrawn, Some.Consent, Some.Listed, Some.Opened,
                new RecordingListed(Some.Client, "ses-1", On: true, [new RecordedSession("ses-1", Some.Client)]))
            .Then(
                WithdrawnNoted, Some.ToSession("ses-1", Stopped),
                Some.ToSession("ses-1", new RecordingStopped("ses-1", Some.Client, RecordingStopped.ConsentWithdrawn)),
                Unlisted, Some.Freed);

    [Fact]
    public void courses_that_rest_on_treatment_end_with_it() =>
        Note(Withdrawn, Some.Consent, new CourseListed(Some.Client, "course-1"))
            .Then(
                WithdrawnNoted,
                new Clinic.Contracts.ForStream(
                    "course-course-1", typeof(SelfGuidedCourse),
                    new CourseStopped("course-1", Some.Client, Parties.ConsentWithdrawn)),
                new CourseUnlisted(Some.Client, "course-1"));

    [Fact]
    public void a_platform_that_is_no_longer_agreed_to_ends_what_is_held_on_it()
    {
        var platform = new ConsentScope(ScopeKinds.Platform, "platform-1");
        var consent = Some.Consent with { DirectiveId = "dir-2", Scopes = [platform] };
        Note(
                Withdrawn with { DirectiveId = "dir-2", Scopes = [platform] },
                Some.Consent, consent, Some.Listed, Some.Listed with { SessionId = "ses-2", PlatformId = "platform-2" })
            .Then(
                WithdrawnNoted with { DirectiveId = "dir-2", Scopes = [platform] },
                Some.ToSession("ses-1", new SessionCancelled("ses-1", Some.Client, Parties.ConsentWithdrawn, 24)),
                Unlisted);
    }
}
