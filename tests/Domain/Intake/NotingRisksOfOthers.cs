using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class NotingRisksOfOthers
{
    private static readonly NoteRisk Command = new("client-1", "risk-1", "session", "moderate", false);
    private static readonly RiskNoted Noted = new("client-1", "risk-1", "session", "moderate");
    private static readonly ClientsLinked AsDuplicate = new("client-1", "client-0", "client-1", "same-register-entry", "op-1");

    [Fact]
    public void a_risk_seen_in_a_session_needs_triage_before_a_decision()
    {
        Spec.Given<Client>(Sample.Registered).When(Command, NoteRiskAggregateHandler.Handle, Spec.Service).Then(Noted);
        Spec.Given<Client>(Sample.Registered, Noted).When(Command, NoteRiskAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Fold<Client>(Sample.Registered, Noted)!.TriageDue.ShouldBeTrue();
    }

    [Fact]
    public void a_high_one_opens_the_crisis_pathway_in_the_same_append_also_for_a_client_not_yet_known()
    {
        var high = Command with { Severity = "high", High = true };
        object[] both = [Noted with { Severity = "high" }, new CrisisPathwayActivated("client-1", "risk-in-session", "risk-1", true)];
        Spec.Given<Client>(Sample.Registered).When(high, NoteRiskAggregateHandler.Handle, Spec.Service).Then(both);
        Spec.Given<Client>().When(high, NoteRiskAggregateHandler.Handle, Spec.Service).Then(both);
        Spec.Given<Client>(Sample.Registered, Sample.Crisis).When(high, NoteRiskAggregateHandler.Handle, Spec.Service).Then(both[0]);
    }

    [Fact]
    public void nobody_but_a_service_may_note_one() =>
        Spec.Given<Client>(Sample.Registered).When(Command, NoteRiskAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");

    [Fact, Trait("Scenario", "T57")]
    public void what_is_seen_in_a_duplicates_record_is_told_to_the_pseudonym_that_goes_on()
    {
        ForStream Told(string id, string severity) => new("client-client-0", typeof(Client), new RiskNoted("client-0", id, "linked-record", severity));
        object[] linked = [Sample.Registered, AsDuplicate];
        Spec.Given<Client>(linked).When(Command, NoteRiskAggregateHandler.Handle, Spec.Service).Then(Noted, Told("risk-1", "moderate"));
        Spec.Given<Client>(linked).When(new NoteSafetyAlert("client-1", Sample.Alert.AlertId, Sample.Alert.RuleId, Sample.Alert.ResponseId, Sample.Alert.DueAt),
            NoteSafetyAlertAggregateHandler.Handle, Spec.Service).Then(Sample.Alert, Told(Sample.Alert.AlertId, "moderate"));
        int?[] high = [1, 1, 1, 1, 0, 0];
        Spec.Given<Client>(linked).When(new SubmitScreen("client-1", "screen-2", "c-ssrs", "2009", high, "en"), SubmitScreenAggregateHandler.Handle, Spec.ClientActor)
            .Then(Sample.CSsrs("high", "complete", null, high), Sample.Crisis, Told("screen-2", "high"));
        // and no new care is decided on the duplicate
        Spec.Given<Client>([.. linked, Sample.Plan]).When(Sample.Online, DecideSuitabilityAggregateHandler.Handle, Sample.Deciding(Spec.Fold<Practitioner>(Sample.Licence)))
            .ThenViolates("client_is_duplicate", "clientId");
    }

    [Fact]
    public void linking_brings_along_what_is_open()
    {
        var link = new LinkClients("client-1", "client-2", "same-register-entry");
        var second = Sample.Registered with { ClientId = "client-2" };
        object[] Linked(params object[] duplicate) => Spec.Given<Client>(Sample.Registered)
            .When(link, LinkClientsAggregateHandler.Handle, new LinkingFacts(Spec.Operator, Spec.Fold<Client>([second, .. duplicate]))).Events;
        Linked(Sample.Crisis with { ClientId = "client-2" }).OfType<CrisisPathwayActivated>().Single().ShouldBe(new("client-1", "linked-record", "screen-2", true));
        Linked(Sample.Alert with { ClientId = "client-2" }).OfType<RiskNoted>().Single().Source.ShouldBe("linked-record");
        Linked().Length.ShouldBe(2);
    }
}
