using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class ProtectingSessions
{
    private static readonly TherapySession Session = Spec.Fold<TherapySession>(Some.Scheduled, Some.Started)!;

    private static readonly ConsentNoted Recording = Some.Consent with
    {
        DirectiveId = "dir-2",
        Scopes = [new ConsentScope(ScopeKinds.Recording)]
    };

    private static readonly TherapySession Others = Spec.Fold<TherapySession>(
        Some.Scheduled with { SessionId = "ses-9", ClientId = "client-9" },
        Some.Started with { SessionId = "ses-9", ClientId = "client-9" })!;

    private static readonly RecordedSession[] Both = [new("ses-1", Some.Client), new("ses-9", "client-9")];

    private static readonly RecorderFacts Reported = new(Spec.ClientActor, []);

    private static RecordingFacts Facts(params RecordedParticipant[] there) =>
        new(Spec.Therapist, there, TimeSpan.FromSeconds(1), GapOpen: false);

    private static RecordedParticipant Agreed => new(Session, Some.Care(Recording));

    [Fact, Trait("Scenario", "T42")]
    public void one_of_two_is_not_everybody_and_the_recorder_stays_off()
    {
        var facts = Facts(Agreed, new RecordedParticipant(Others, Some.Care()));
        var events = Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(new StartRecording("ses-1"), StartRecordingAggregateHandler.Handle, facts, Some.Tomorrow).Events;
        events[0].ShouldBe(new RecordingRefused("ses-1", Some.Client, 1));
        events[1].ShouldBeOfType<RuleViolation>().Code.ShouldBe("recording_consent_missing");
    }

    [Fact, Trait("Scenario", "T42")]
    public void with_everybodys_consent_it_runs_for_all_of_them()
    {
        var other = Recording with { ClientId = "client-9", DirectiveId = "dir-9" };
        var facts = Facts(Agreed, new RecordedParticipant(Others, Spec.Fold<ClientCare>(other)));
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(new StartRecording("ses-1"), StartRecordingAggregateHandler.Handle, facts, Some.Tomorrow)
            .Then(
                new RecordingStarted("ses-1", Some.Client, ["dir-2", "dir-9"]),
                Some.ToCare(new RecordingListed(Some.Client, "ses-1", true, Both)),
                new ForStream("care-client-9", typeof(ClientCare), new RecordingListed("client-9", "ses-9", true, Both)),
                Some.ToSession("ses-9", new RecordingStarted("ses-9", "client-9", ["dir-9"])));
    }

    [Fact]
    public void nobody_is_recorded_before_a_session_or_while_it_is_locked()
    {
        var facts = Facts(Agreed);
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(new StartRecording("ses-1"), StartRecordingAggregateHandler.Handle, facts)
            .ThenViolates("session_not_in_progress");
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, new SessionLocked("ses-1", Some.Client))
            .When(new StartRecording("ses-1"), StartRecordingAggregateHandler.Handle, facts)
            .ThenViolates("session_locked");
    }

    [Theory, Trait("Scenario", "T42")]
    [InlineData(11, false)]
    [InlineData(1, true)]
    public void whether_everybody_agrees_must_be_known_now(int seconds, bool gap)
    {
        var facts = Facts(Agreed) with { ConsentFactsAge = TimeSpan.FromSeconds(seconds), GapOpen = gap };
        var events = Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(new StartRecording("ses-1"), StartRecordingAggregateHandler.Handle, facts, Some.Tomorrow).Events;
        events[0].ShouldBe(new RecordingRefused("ses-1", Some.Client, 1));
        events[1].ShouldBeOfType<RuleViolation>().Code.ShouldBe("facts_stale");
    }

    [Fact]
    public void anybody_switches_it_off_for_everybody() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, new RecordingStarted("ses-1", Some.Client, ["dir-2"]))
            .When(new StopRecording("ses-1"), StopRecordingAggregateHandler.Handle, new RecorderFacts(Spec.ClientActor, Both))
            .Then(Off("requested"));

    [Fact]
    public void who_joins_a_recorded_group_is_recorded_if_they_agreed_and_else_nobody_is()
    {
        var running = new[] { new RecordedSession("ses-9", "client-9") };
        object[] Join(params object[] care) => [.. Spec.Given<TherapySession>(Some.Scheduled with { GroupId = "group-1" })
            .When(
                new StartSession("ses-1", true, true, "DE-BE"), StartSessionAggregateHandler.Handle,
                Some.Facts([Some.Consent, Some.Suitability, Some.Plan, Some.Identity, Some.Education, Some.Listed, .. care]) with { Recorded = running },
                Some.Tomorrow).Events[^3..].Select(e => e is ForStream other ? other.Event : e)];
        Join().Select(Spec.Json).ShouldBe(Array.ConvertAll<object, string>(
        [
            new PractitionerEngaged("ther-1", DateOnly.FromDateTime(Some.Tomorrow.Date), "ses-1", "group-1"),
            new RecordingStopped("ses-9", "client-9", "participant-joined"),
            new RecordingListed("client-9", "ses-9", false, [])
        ], Spec.Json));
        Join(Recording).Select(Spec.Json).ShouldBe(Array.ConvertAll<object, string>(
        [
            new RecordingStarted("ses-1", Some.Client, ["dir-2"]),
            new RecordingListed("client-9", "ses-9", true, [running[0], Both[0]]),
            new RecordingListed(Some.Client, "ses-1", true, [running[0], Both[0]])
        ], Spec.Json));
    }

    private static object[] Off(string reason) =>
    [
        new RecordingStopped("ses-1", Some.Client, reason), Some.ToSession("ses-9", new RecordingStopped("ses-9", "client-9", reason)),
        Some.ToCare(new RecordingListed(Some.Client, "ses-1", false, [])),
        new ForStream("care-client-9", typeof(ClientCare), new RecordingListed("client-9", "ses-9", false, []))
    ];

    [Fact]
    public void the_recorder_stops_with_the_session() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, new RecordingStarted("ses-1", Some.Client, ["dir-2"]))
            .When(new StopSession("ses-1", Parties.Client), StopSessionAggregateHandler.Handle, Spec.ClientActor)
            .Then(
                Some.Stopped, new RecordingStopped("ses-1", Some.Client, "session-over"),
                Some.ToCare(new SessionUnlisted(Some.Client, "ses-1", "stopped")), Some.Freed);

    [Fact]
    public void an_intruder_locks_the_session_until_the_practitioner_has_looked()
    {
        var report = new ReportIntrusion("ses-1", "uninvited-participant");
        var detected = new UnauthorisedParticipantDetected(
            "ses-1", Some.Client, "uninvited-participant", Some.Now, Spec.ClientActor.Id);
        var locked = new SessionLocked("ses-1", Some.Client);
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(report, ReportIntrusionAggregateHandler.Handle, Reported).Then(detected, locked);
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, detected, locked)
            .When(report, ReportIntrusionAggregateHandler.Handle, Reported).ThenNothing();
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, detected, locked)
            .When(report, ReportIntrusionAggregateHandler.Handle, Reported with { By = Spec.Therapist })
            .Then(detected with { ReportedBy = "ther-1" });
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, detected, locked, new SessionUnlocked("ses-1", Some.Client, "ther-1"))
            .When(report, ReportIntrusionAggregateHandler.Handle, Reported).Then(detected, locked);
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, new RecordingStarted("ses-1", Some.Client, ["dir-2"]))
            .When(report, ReportIntrusionAggregateHandler.Handle, Reported with { Running = Both })
            .Then([detected, .. Off("intrusion"), locked]);
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, locked)
            .When(new UnlockSession("ses-1"), UnlockSessionAggregateHandler.Handle, Spec.Therapist)
            .Then(new SessionUnlocked("ses-1", Some.Client, "ther-1"));
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, locked)
            .When(new UnlockSession("ses-1"), UnlockSessionAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("role_not_permitted");
    }

    [Fact, Trait("Scenario", "T37")]
    public void a_licence_that_lapsed_yesterday_flags_what_took_place_since_and_holds_what_is_to_come()
    {
        var hold = new HoldSession("ses-1", "licence-ended", Some.Tomorrow.AddHours(-1));
        Outcome Hold(params object[] given) => Spec.Given<TherapySession>([Some.Scheduled, .. given])
            .When(hold, HoldSessionAggregateHandler.Handle, Spec.Service);
        var flagged = new SessionFlagged("ses-1", Some.Client, "licence-ended", hold.EffectiveAt);
        var held = new SessionHeld("ses-1", Some.Client, "licence-ended");
        Hold().Then(held);
        Hold(held).ThenNothing();
        Hold(Some.Started, Some.Ended).Then(flagged);
        Hold(Some.Started, Some.Ended, flagged).ThenNothing();
        Hold(Some.Started with { StartedAt = hold.EffectiveAt.AddTicks(-1) }, Some.Ended).ThenNothing();
        Hold(Some.Cancelled).ThenNothing();
        Spec.Given<TherapySession>(Some.Scheduled, held)
            .When(new ReleaseSessionHold("ses-1"), ReleaseSessionHoldAggregateHandler.Handle, Spec.Therapist)
            .Then(new SessionHoldReleased("ses-1", Some.Client, "ther-1"));
    }

    [Fact]
    public void a_revoked_platform_moves_sessions_to_another_one() =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(
                new HoldSession("ses-1", "platform-revoked", Some.Now, "platform-2"),
                HoldSessionAggregateHandler.Handle, Spec.Service)
            .Then(
                new SessionMovedToPlatform("ses-1", Some.Client, "platform-2"),
                Some.ToCare(new SessionRelisted(Some.Client, "ses-1", "video", Some.Tomorrow, "platform-2")));

    [Fact, Trait("Scenario", "T25")]
    public void nothing_stands_before_a_contact_in_a_crisis_and_its_basis_is_on_record()
    {
        var start = new StartCrisisContact("crisis-1", Some.Client, "voice", CrisisBases.VitalInterest, "DE");
        var started = new CrisisContactStarted(
            "crisis-1", Some.Client, "ther-1", "voice", "vital-interest", Some.Now, ConsentHeld: false, "DE");
        var withdrawn = Some.Consent with { Status = ConsentNoted.Withdrawn, WithdrawnFrom = Some.Now };
        foreach (var care in new[] { null, Spec.Fold<ClientCare>(withdrawn, new CrisisNoted(Some.Client, true, "intake", 9)) })
            Spec.Given<CrisisContact>()
                .When(start, StartCrisisContactAggregateHandler.Handle, new CrisisFacts(Spec.Therapist, care)).Then(started);
        Spec.Given<CrisisContact>()
            .When(start, StartCrisisContactAggregateHandler.Handle, new CrisisFacts(Spec.Therapist, Some.Care()))
            .Then(started with { ConsentHeld = true });
        Spec.Given<CrisisContact>(started)
            .When(start, StartCrisisContactAggregateHandler.Handle, new CrisisFacts(Spec.Therapist, null)).ThenNothing();
        Spec.Given<CrisisContact>(started)
            .When(new EndCrisisContact("crisis-1", 12, "reached"), EndCrisisContactAggregateHandler.Handle, Spec.Therapist)
            .Then(new CrisisContactEnded("crisis-1", Some.Client, 12, "reached", "ther-1"));
        // whoever is there ends it, and is named
        Spec.Given<CrisisContact>(started)
            .When(
                new EndCrisisContact("crisis-1", 12, "reached"), EndCrisisContactAggregateHandler.Handle,
                new Actor("sup-1", Roles.Supervisor, "north"))
            .Then(new CrisisContactEnded("crisis-1", Some.Client, 12, "reached", "sup-1"));
    }

    [Fact]
    public void a_risk_and_the_time_a_contact_took_are_recorded_once()
    {
        var risk = new RaiseRisk("risk-1", Some.Client, "session", Severities.High, "ses-1", null, "Seen", "Berlin");
        var raised = new RiskEventRaised(
            "risk-1", Some.Client, "session", "high", "ther-1", "ses-1", null, "Seen", "Berlin");
        Spec.Given<RiskReport>().When(risk, RaiseRiskAggregateHandler.Handle, Spec.Therapist).Then(raised);
        Spec.Given<RiskReport>(raised).When(risk, RaiseRiskAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        Spec.Given<RiskReport>(raised).When(risk, RaiseRiskAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("risk_exists", "riskId");

        var peer = new Actor("peer-1", Roles.PeerSupporter, "north");
        Spec.Given<RiskReport>().When(risk, RaiseRiskAggregateHandler.Handle, peer).Then(raised with { RaisedBy = "peer-1" });
        var client = Spec.ClientActor with { Id = Some.Client };
        Spec.Given<RiskReport>().When(risk, RaiseRiskAggregateHandler.Handle, client)
            .Then(raised with { RaisedBy = Some.Client });
        Spec.Given<RiskReport>().When(risk, RaiseRiskAggregateHandler.Handle, client with { Id = "client-2" })
            .ThenViolates("role_not_permitted", "clientId");

        var time = new RecordContactTime("time-1", Some.Client, "ther-1", ContactKinds.Message, 9, "thread-1");
        var recorded = new ContactTimeRecorded("time-1", Some.Client, "ther-1", "message", 9, Some.Now, "thread-1");
        Spec.Given<ContactTime>().When(time, RecordContactTimeAggregateHandler.Handle, Spec.Therapist).Then(recorded);
        Spec.Given<ContactTime>(recorded)
            .When(time, RecordContactTimeAggregateHandler.Handle, Spec.Therapist, Some.Tomorrow).ThenNothing();
        Spec.Given<ContactTime>(recorded)
            .When(time with { Minutes = 10 }, RecordContactTimeAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("contact_exists", "contactId");
    }

    [Fact]
    public void a_platform_is_approved_and_revoked_by_whoever_answers_for_it()
    {
        var approve = new ApprovePlatform("platform-1", "agreement-1", true, false, new(2026, 12, 31));
        Spec.Given<Platform>().When(approve, ApprovePlatformAggregateHandler.Handle, Spec.Operator).Then(Some.Approved);
        Spec.Given<Platform>(Some.Approved).When(approve, ApprovePlatformAggregateHandler.Handle, Spec.Operator).ThenNothing();
        Spec.Given<Platform>().When(approve, ApprovePlatformAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("role_not_permitted");
        Spec.Given<Platform>()
            .When(approve with { ReviewBy = new(2026, 3, 1) }, ApprovePlatformAggregateHandler.Handle, Spec.Operator)
            .ThenViolates("agreement_ended", "reviewBy");

        var revoke = new RevokePlatform("platform-1", "breach", "platform-2");
        var revoked = new PlatformRevoked("platform-1", "breach", "platform-2");
        var other = Platform.Create(Some.Approved with { PlatformId = "platform-2" });
        Spec.Given<Platform>(Some.Approved)
            .When(revoke, RevokePlatformAggregateHandler.Handle, new RevocationFacts(Spec.Operator, other)).Then(revoked);
        Spec.Given<Platform>(Some.Approved, revoked)
            .When(revoke, RevokePlatformAggregateHandler.Handle, new RevocationFacts(Spec.Operator, other)).ThenNothing();
        Spec.Given<Platform>(Some.Approved)
            .When(revoke, RevokePlatformAggregateHandler.Handle, new RevocationFacts(Spec.Operator, null))
            .ThenViolates("platform_not_approved", "fallbackPlatformId");
    }
}
