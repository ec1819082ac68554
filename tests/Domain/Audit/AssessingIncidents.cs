using Clinic.Audit.Domain;
using Clinic.Contracts;
using Clinic.Contracts.Audit;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Audit;

/// <summary>An incident from discovery to its end; terms run from the discovery.</summary>
public sealed class AssessingIncidents
{
    private static readonly Actor Auditor = new("aud-1", Roles.Auditor, "north");
    private static readonly DateTimeOffset Discovered = Spec.Now.AddHours(-10);
    private static readonly SecurityIncidentRaised Raised = new("inc-1", "unauthorised-access", "high", Discovered, "ther-1", "case-7", ["cl-1"]);
    private static readonly NoticeDue Hipaa = new("hipaa", Discovered.AddDays(60));
    private static readonly NoticeDue Gdpr = new("gdpr", Discovered.AddHours(72));
    private static readonly BreachAssessed Assessed = new("inc-1", "breach", 1, [Hipaa, Gdpr], "aud-1");

    [Fact]
    public void unauthorised_access_breach_or_blackmail_is_put_on_record() => Spec.Given<Incident>()
        .When(new RaiseIncident("inc-1", "unauthorised-access", "high", Discovered, "case-7", ["cl-1"]), RaiseIncidentAggregateHandler.Handle, Spec.Therapist).Then(Raised);

    [Fact]
    public void raising_it_again_changes_nothing_and_another_under_its_id_is_refused()
    {
        var same = new RaiseIncident("inc-1", "unauthorised-access", "high", Discovered, "case-7", ["cl-1"]);
        Spec.Given<Incident>(Raised).When(same, RaiseIncidentAggregateHandler.Handle, Spec.Operator).ThenNothing();
        Spec.Given<Incident>(Raised).When(same with { Category = "extortion" }, RaiseIncidentAggregateHandler.Handle, Spec.Operator).ThenViolates("incident_exists", "incidentId");
    }

    [Fact]
    public void nothing_is_discovered_in_the_future() => Spec.Given<Incident>()
        .When(new RaiseIncident("inc-1", "malware", "high", Spec.Now.AddSeconds(1)), RaiseIncidentAggregateHandler.Handle, Spec.Operator).ThenViolates("discovered_in_future", "discoveredAt");

    [Fact]
    public void a_breach_must_be_told_within_60_days_or_72_hours_of_its_discovery() => Spec.Given<Incident>(Raised)
        .When(new AssessBreach("inc-1", "breach", 1, ["hipaa", "gdpr"]), AssessBreachAggregateHandler.Handle, Auditor).Then(Assessed);

    [Fact]
    public void what_is_no_breach_need_not_be_told() => Spec.Given<Incident>(Raised)
        .When(new AssessBreach("inc-1", "no-breach", 0, []), AssessBreachAggregateHandler.Handle, Auditor).Then(new BreachAssessed("inc-1", "no-breach", 0, [], "aud-1"));

    [Theory]
    [InlineData("breach", new string[0])]
    [InlineData("no-breach", new[] { "gdpr" })]
    [InlineData("breach", new[] { "gdpr", "gdpr" })]
    public void laws_are_named_for_breaches_and_once(string assessment, string[] regimes) =>
        new AssessBreachValidator().ShouldBeInvalid(new AssessBreach("inc-1", assessment, 1, regimes), "Regimes");

    [Fact]
    public void a_notice_within_its_term_is_in_time_and_one_after_it_is_late()
    {
        Spec.Given<Incident>(Raised, Assessed).When(new RecordBreachNotice("inc-1", "gdpr", Spec.Now, "dpa-1"), RecordBreachNoticeAggregateHandler.Handle, Auditor)
            .Then(new BreachNoticeGiven("inc-1", "gdpr", Spec.Now, "dpa-1", false));
        var late = Gdpr.DueAt.AddMinutes(1);
        Spec.Given<Incident>(Raised, Assessed).When(new RecordBreachNotice("inc-1", "gdpr", late, "dpa-1"), RecordBreachNoticeAggregateHandler.Handle, Auditor, late)
            .Then(new BreachNoticeGiven("inc-1", "gdpr", late, "dpa-1", true));
    }

    [Fact]
    public void the_term_is_overdue_once_and_only_when_it_has_passed()
    {
        var note = new NoteBreachNoticeOverdue("inc-1", "gdpr");
        Spec.Given<Incident>(Raised, Assessed).When(note, NoteBreachNoticeOverdueAggregateHandler.Handle, Spec.Service, Gdpr.DueAt.AddTicks(-10)).ThenNothing();
        var overdue = new BreachNoticeOverdue("inc-1", "gdpr", Gdpr.DueAt);
        Spec.Given<Incident>(Raised, Assessed).When(note, NoteBreachNoticeOverdueAggregateHandler.Handle, Spec.Service, Gdpr.DueAt).Then(overdue);
        Spec.Given<Incident>(Raised, Assessed, overdue).When(note, NoteBreachNoticeOverdueAggregateHandler.Handle, Spec.Service, Gdpr.DueAt).ThenNothing();
        Spec.Given<Incident>(Raised, Assessed, new BreachNoticeGiven("inc-1", "gdpr", Spec.Now, "dpa-1", false))
            .When(note, NoteBreachNoticeOverdueAggregateHandler.Handle, Spec.Service, Gdpr.DueAt).ThenNothing();
    }

    [Fact]
    public void it_is_closed_when_assessed_and_told_and_not_before()
    {
        var close = new CloseIncident("inc-1", "access-revoked");
        Spec.Given<Incident>(Raised).When(close, CloseIncidentAggregateHandler.Handle, Auditor).ThenViolates("not_assessed");
        Spec.Given<Incident>(Raised, Assessed).When(close, CloseIncidentAggregateHandler.Handle, Auditor).ThenViolates("notice_open");
        Spec.Given<Incident>(Raised, Assessed, new BreachNoticeGiven("inc-1", "gdpr", Spec.Now, "dpa-1", false), new BreachNoticeGiven("inc-1", "hipaa", Spec.Now, "letters", false))
            .When(close, CloseIncidentAggregateHandler.Handle, Auditor).Then(new IncidentClosed("inc-1", "access-revoked", "aud-1"));
    }

    [Fact]
    public void a_second_assessment_keeps_what_was_told()
    {
        var told = new BreachNoticeGiven("inc-1", "gdpr", Spec.Now, "dpa-1", false);
        Spec.Fold<Incident>(Raised, Assessed, told, Assessed with { AffectedClients = 40 })!.Notices.ShouldBe([Hipaa]);
    }
}
