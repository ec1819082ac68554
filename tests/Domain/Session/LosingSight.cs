using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class LosingSight
{
    private static readonly RiskNoted AtRisk = new(Some.Client, "moderate", "intake", 30);
    private static readonly AbsenceFacts Calm = new(Spec.Therapist, Some.Care(Some.Listed, Some.Opened), SessionPolicy.Default);
    private static readonly AbsenceFacts Worried = Calm with { Care = Some.Care(Some.Listed, Some.Opened, AtRisk) };
    private static readonly DateTimeOffset Broken = Some.Tomorrow.AddMinutes(20);

    private static readonly DisruptionRecorded Recorded = new(
        "ses-1", Some.Client, 1, "connection-lost", Parties.Practitioner, Broken, Broken.AddMinutes(2));

    private static readonly FallbackChannelUsed Fallback =
        new("ses-1", Some.Client, 1, Broken.AddMinutes(12), null);

    private static Outcome Advance(DateTimeOffset now, AbsenceFacts facts, params object[] since) =>
        Spec.Given<TherapySession>([Some.Scheduled, Some.Started, .. since])
            .When(new AdvanceDisruption("ses-1"), AdvanceDisruptionAggregateHandler.Handle, facts with { By = Spec.Service }, now);

    [Fact, Trait("Scenario", "T40")]
    public void both_parties_report_one_interruption()
    {
        var report = new ReportDisruption("ses-1", "connection-lost", Parties.Practitioner);
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(report, ReportDisruptionAggregateHandler.Handle, Calm, Broken).Then(Recorded);
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, Recorded)
            .When(report, ReportDisruptionAggregateHandler.Handle, Calm, Broken.AddSeconds(9)).ThenNothing();
        // the time to reconnect counts from the first report
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, Recorded)
            .When(
                report with { Party = Parties.Client }, ReportDisruptionAggregateHandler.Handle,
                Calm with { By = Spec.ClientActor }, Broken.AddSeconds(9))
            .Then(Recorded with { Party = Parties.Client, RecordedAt = Broken.AddSeconds(9) });
    }

    [Fact, Trait("Scenario", "T40")]
    public void reconnected_the_session_goes_on_and_the_next_interruption_is_another()
    {
        var back = new Reconnected("ses-1", Some.Client, 1, 70);
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, Recorded)
            .When(
                new ReportReconnection("ses-1", Parties.Client), ReportReconnectionAggregateHandler.Handle,
                Spec.ClientActor, Broken.AddSeconds(70))
            .Then(back);
        Advance(Broken.AddMinutes(2), Calm, Recorded, back).ThenNothing();
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started, Recorded, back)
            .When(
                new ReportDisruption("ses-1", "device", Parties.Practitioner), ReportDisruptionAggregateHandler.Handle,
                Calm, Broken.AddMinutes(5))
            .Events.ShouldHaveSingleItem().ShouldBeOfType<DisruptionRecorded>().Disruption.ShouldBe(2);
    }

    [Fact, Trait("Scenario", "T40")]
    public void after_two_minutes_another_way_that_the_client_agreed_to_is_tried()
    {
        Advance(Broken.AddMinutes(2).AddTicks(-1), Calm, Recorded).ThenNothing();
        Advance(Broken.AddMinutes(2), Calm, Recorded).Then(Fallback);
        var voice = Some.Consent with { DirectiveId = "dir-2", Scopes = [Some.Video with { Value = "voice" }] };
        Advance(Broken.AddMinutes(2), Calm with { Care = Some.Care(voice) }, Recorded)
            .Then(Fallback with { Modality = "voice" });
    }

    [Fact, Trait("Scenario", "T40")]
    public void after_ten_more_it_ends_as_incomplete_and_whoever_is_at_risk_is_asked_how_they_are()
    {
        object[] ended = [new SessionEnded("ses-1", Some.Client, 20, "partial", "incomplete")];
        object[] left = [Some.ToCare(new SessionUnlisted(Some.Client, "ses-1", "incomplete")), Some.Freed];
        Advance(Broken.AddMinutes(12).AddTicks(-1), Calm, Recorded, Fallback).ThenNothing();
        Advance(Broken.AddMinutes(12), Calm, Recorded, Fallback).Then([.. ended, .. left]);
        Advance(Broken.AddMinutes(12), Worried, Recorded, Fallback).Then(
            [
                .. ended, new WelfareCheckDue("ses-1", Some.Client, "disruption", Broken.AddMinutes(72)), .. left
            ]);
        Advance(Broken.AddMinutes(30), Calm, Recorded, Fallback, Some.Ended).ThenNothing();
    }

    [Fact]
    public void somebody_who_does_not_come_has_fifteen_minutes()
    {
        var absent = new MarkNoShow("ses-1", Parties.Client);
        var noShow = new NoShowRecorded("ses-1", Some.Client, Parties.Client, 15);
        var unlisted = Some.ToCare(new SessionUnlisted(Some.Client, "ses-1", "no-show"));
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(absent, MarkNoShowAggregateHandler.Handle, Calm, Some.Tomorrow.AddMinutes(15).AddTicks(-1))
            .ThenViolates("grace_not_over", "sessionId");
        var then = Some.Tomorrow.AddMinutes(15);
        Spec.Given<TherapySession>(Some.Scheduled).When(absent, MarkNoShowAggregateHandler.Handle, Calm, then)
            .Then(noShow, unlisted);
        Spec.Given<TherapySession>(Some.Scheduled).When(absent, MarkNoShowAggregateHandler.Handle, Worried, then)
            .Then(
                noShow with { FollowUpDue = then.AddHours(1) },
                new WelfareCheckDue("ses-1", Some.Client, "no-show", then.AddHours(1)), unlisted);
        Spec.Given<TherapySession>(Some.Scheduled, noShow).When(absent, MarkNoShowAggregateHandler.Handle, Calm, then)
            .ThenNothing();
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(absent, MarkNoShowAggregateHandler.Handle, Calm, then).ThenViolates("session_closed", "sessionId");
    }

    [Fact]
    public void who_is_in_an_open_crisis_is_asked_how_they_are_whatever_their_tier_was()
    {
        var crisis = Some.Care(Some.Listed, Some.Opened, AtRisk with { Tier = "low" }, new CrisisNoted(Some.Client, true, "intake", 31));
        var then = Some.Tomorrow.AddMinutes(15);
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(
                new MarkNoShow("ses-1", Parties.Client), MarkNoShowAggregateHandler.Handle, Calm with { Care = crisis }, then)
            .Events[1].ShouldBe(new WelfareCheckDue("ses-1", Some.Client, "no-show", then.AddHours(1)));
        Advance(Broken.AddMinutes(12), Calm with { Care = crisis }, Recorded, Fallback)
            .Events[1].ShouldBe(new WelfareCheckDue("ses-1", Some.Client, "disruption", Broken.AddMinutes(72)));
        crisis.Apply(new CrisisNoted(Some.Client, false, "intake", 32)).IsAtRisk.ShouldBeFalse();
    }

    [Fact]
    public void a_client_may_only_say_that_the_practitioner_did_not_come()
    {
        var facts = Calm with { By = Spec.ClientActor };
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(new MarkNoShow("ses-1", Parties.Client), MarkNoShowAggregateHandler.Handle, facts, Some.Tomorrow.AddHours(1))
            .ThenViolates("role_not_permitted", "party");
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(
                new MarkNoShow("ses-1", Parties.Practitioner), MarkNoShowAggregateHandler.Handle,
                Worried with { By = Spec.ClientActor }, Some.Tomorrow.AddHours(1))
            .Events[0].ShouldBe(new NoShowRecorded("ses-1", Some.Client, Parties.Practitioner, 15));
    }

    [Fact]
    public void a_welfare_check_is_recorded_as_often_as_it_was_tried()
    {
        var check = new RecordWelfareCheck("ses-1", "not-reached");
        var due = new WelfareCheckDue("ses-1", Some.Client, "no-show", Some.Tomorrow);
        var done = new WelfareCheckDone("ses-1", Some.Client, "not-reached", "ther-1");
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(check, RecordWelfareCheckAggregateHandler.Handle, new WelfareFacts(Spec.Therapist, true))
            .ThenViolates("no_welfare_check_due", "sessionId");
        Spec.Given<TherapySession>(Some.Scheduled, due, done)
            .When(check, RecordWelfareCheckAggregateHandler.Handle, new WelfareFacts(Spec.Therapist, Identified: true)).Then(done);
        Spec.Given<TherapySession>(Some.Scheduled, due, done)
            .When(check, RecordWelfareCheckAggregateHandler.Handle, new WelfareFacts(Spec.Therapist, Identified: false)).ThenNothing();
    }

    [Fact]
    public void a_welfare_check_that_nobody_tried_is_missed_once()
    {
        var due = new WelfareCheckDue("ses-1", Some.Client, "no-show", Some.Tomorrow);
        Outcome At(DateTimeOffset now, params object[] since) => Spec.Given<TherapySession>([Some.Scheduled, due, .. since])
            .When(new MissWelfareCheck("ses-1"), MissWelfareCheckAggregateHandler.Handle, Spec.Service, now);
        var missed = new WelfareCheckMissed("ses-1", Some.Client, Some.Tomorrow);
        At(Some.Tomorrow.AddTicks(-1)).ThenNothing();
        At(Some.Tomorrow).Then(missed);
        At(Some.Tomorrow, missed).ThenNothing();
        At(Some.Tomorrow, new WelfareCheckDone("ses-1", Some.Client, "reached", "ther-1")).ThenNothing();
    }
}
