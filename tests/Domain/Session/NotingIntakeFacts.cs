using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class NotingIntakeFacts
{
    private static readonly NoteSuitability Suitability = new(
        Some.Client, "online", "therapist-supported", ["video", "text"], new(2026, 6, 1), "intake", 17);

    private static readonly NoteEmergencyPlan Plan = new(Some.Client, new(2026, 6, 1), "intake", 18);
    private static readonly NoteCrisis Crisis = new(Some.Client, true, "intake", 20);
    private static readonly CrisisNoted CrisisNoted = new(Some.Client, true, "intake", 20);

    [Fact]
    public void whichever_fact_comes_first_is_kept()
    {
        Spec.Given<ClientCare>().When(Suitability, NoteSuitabilityAggregateHandler.Handle, Spec.Service)
            .Then(Some.Suitability);
        Spec.Given<ClientCare>().When(Plan, NoteEmergencyPlanAggregateHandler.Handle, Spec.Service).Then(Some.Plan);
        Spec.Given<ClientCare>().When(Crisis, NoteCrisisAggregateHandler.Handle, Spec.Service).Then(CrisisNoted);
        Spec.Fold<ClientCare>(CrisisNoted, Some.Consent)!.Crisis.ShouldBe(CrisisNoted);
        Spec.Fold<ClientCare>(Some.Plan, Some.Consent)!.EmergencyPlan.ShouldBe(Some.Plan);
        Spec.Fold<ClientCare>(Some.Suitability, Some.Consent)!.Suitability.ShouldBe(Some.Suitability);
    }

    [Fact]
    public void a_newer_fact_replaces_the_older()
    {
        Spec.Given<ClientCare>(Some.Suitability)
            .When(
                Suitability with { Decision = "not-suitable", Sequence = 30 }, NoteSuitabilityAggregateHandler.Handle,
                Spec.Service)
            .Then(Some.Suitability with { Decision = "not-suitable", Sequence = 30 });
        Spec.Given<ClientCare>(Some.Plan)
            .When(Plan with { Sequence = 30 }, NoteEmergencyPlanAggregateHandler.Handle, Spec.Service)
            .Then(Some.Plan with { Sequence = 30 });
        Spec.Given<ClientCare>(CrisisNoted)
            .When(Crisis with { Open = false, Sequence = 30 }, NoteCrisisAggregateHandler.Handle, Spec.Service)
            .Then(CrisisNoted with { Open = false, Sequence = 30 });
    }

    [Fact, Trait("Scenario", "T26")]
    public void an_older_fact_or_the_same_again_changes_nothing()
    {
        foreach (var back in new[] { 0, 5 })
        {
            Spec.Given<ClientCare>(Some.Suitability)
                .When(Suitability with { Sequence = 17 - back }, NoteSuitabilityAggregateHandler.Handle, Spec.Service)
                .ThenNothing();
            Spec.Given<ClientCare>(Some.Plan)
                .When(Plan with { Sequence = 18 - back }, NoteEmergencyPlanAggregateHandler.Handle, Spec.Service)
                .ThenNothing();
            Spec.Given<ClientCare>(CrisisNoted)
                .When(Crisis with { Sequence = 20 - back }, NoteCrisisAggregateHandler.Handle, Spec.Service)
                .ThenNothing();
        }
    }
}
