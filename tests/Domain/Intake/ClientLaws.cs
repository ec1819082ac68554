using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

/// <summary>What holds however clients, clinicians and other services take turns.</summary>
public class ClientLaws
{
    private delegate object[] Step(Client? client);

    private static readonly SuitabilityFacts Licensed = new(Spec.Therapist, Spec.Fold<Practitioner>(Sample.Licence));

    private static readonly Gen<int?> Answer = Gen.Choose(-1, 1).Select(answer => answer < 0 ? (int?)null : answer);

    private static readonly Gen<Step> Steps = Gen.OneOf(
        Gen.Constant<Step>(client => RegisterClientAggregateHandler.Handle(
            new RegisterClient("client-1", Routes.Self, IdentityModes.Anonymous, "18-24", "en", "GB", []),
            client, Spec.ClientActor, Spec.Now)),
        from id in Gen.Choose(1, 9)
        from items in Answer.ArrayOf(9)
        select (Step)(client => SubmitScreenAggregateHandler.Handle(
            new SubmitScreen("client-1", $"phq-{id}", "phq-9", "1999", items, "en"),
            client, Spec.ClientActor, Spec.Now)),
        from id in Gen.Choose(1, 9)
        from items in Answer.ArrayOf(6)
        from recent in Gen.Elements<bool?>(null, true, false)
        select (Step)(client => SubmitScreenAggregateHandler.Handle(
            new SubmitScreen("client-1", $"cssrs-{id}", "c-ssrs", "2009", items, "en", recent),
            client, Spec.ClientActor, Spec.Now)),
        from id in Gen.Choose(1, 9)
        select (Step)(client => TriageRiskAggregateHandler.Handle(
            new TriageRisk("client-1", $"triage-{id}", "screen", RiskTiers.Low, Spec.Now.AddHours(1)),
            client, Spec.Therapist, Spec.Now)),
        from id in Gen.Choose(1, 3)
        select (Step)(client => NoteSafetyAlertAggregateHandler.Handle(
            new NoteSafetyAlert("client-1", $"alert-{id}", "phq-9-item-9", $"resp-{id}", Spec.Now),
            client, Spec.Service, Spec.Now)),
        Gen.Constant<Step>(client => RecordEmergencyPlanAggregateHandler.Handle(
            new RecordEmergencyPlan("client-1", "contact-1", "place-1", "112", Sample.NextYear),
            client, Spec.ClientActor, Spec.Now)),
        from id in Gen.Choose(1, 2)
        select (Step)(client => ActivateCrisisAggregateHandler.Handle(
            new ActivateCrisis("client-1", $"case-{id}", "clinical-judgement"), client, Spec.Therapist, Spec.Now)),
        from id in Gen.Choose(1, 2)
        select (Step)(client => RecordCrisisContactAggregateHandler.Handle(
            new RecordCrisisContact("client-1", $"call-{id}", "call", "reached"), client, Spec.Therapist, Spec.Now)),
        Gen.Constant<Step>(client => CloseCrisisAggregateHandler.Handle(new CloseCrisis("client-1", "Safe."), client, Spec.Therapist, Spec.Now)),
        from literacy in Gen.Choose(0, 4)
        select (Step)(client => AssessTechnologyAggregateHandler.Handle(
            new AssessTechnology("client-1", $"tech-{literacy}", "computer", "adequate", true, literacy, false, "phone"), client, Spec.ClientActor, Spec.Now)),
        from id in Gen.Choose(0, 1)
        select (Step)(client => AnswerOfferAggregateHandler.Handle(new AnswerOffer("client-1", $"tech-{id}", "phone"), client, Spec.ClientActor, Spec.Now)),
        from why in Gen.Elements("a", "b")
        select (Step)(client => DecideSuitabilityAggregateHandler.Handle(
            new DecideSuitability("client-1", "online", "therapist-supported", ["text"], [], why, Sample.NextYear),
            client, Licensed, Spec.Now)));

    private static Property Always(Func<Client?, object[], bool> holds) =>
        Prop.ForAll(Steps.ListOf().ToArbitrary(), steps =>
        {
            Client? client = null;
            var history = new List<object>();
            foreach (var step in steps)
            {
                var before = client;
                object[] happened;
                try
                {
                    happened = step(before);
                }
                catch (RuleViolation)
                {
                    continue; // a refusal changes nothing
                }
                history.AddRange(happened);
                client = Spec.Fold<Client>([.. history]);
                if (!holds(before, happened) || step(client).Length > 0) return false; // the same again is a no-op
            }
            return true;
        });

    [Fact]
    public void whatever_was_accepted_changes_nothing_the_second_time() =>
        Always((_, _) => true).QuickCheckThrowOnFailure();

    [Fact]
    public void nobody_is_ever_put_online_over_an_open_risk() =>
        Always((before, happened) => !happened.OfType<SuitabilityDecided>().Any()
            || before is { InCrisis: false, FollowUpFor: null, TriageDue: false, EmergencyPlan: not null })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void a_crisis_is_never_closed_for_somebody_nobody_tried_to_reach() =>
        Always((before, happened) => !happened.OfType<CrisisPathwayClosed>().Any() || before!.Crisis.Attempted || !before.ContactPossible)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void nobody_is_put_online_while_another_way_waits_for_an_answer() =>
        Always((before, happened) => !happened.OfType<SuitabilityDecided>().Any() || before!.Technology.OpenOffer is null)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void every_stored_event_survives_its_json() =>
        Always((_, happened) => happened.All(e =>
            Spec.Json(JsonSerializer.Deserialize(Spec.Json(e), e.GetType(), ContractJson.Options)) == Spec.Json(e)))
            .QuickCheckThrowOnFailure();
}
