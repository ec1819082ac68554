using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

/// <summary>The rest of what intake publishes and the gate asks about: newer wins, repeats change nothing.</summary>
public sealed class NotingMoreFacts
{
    [Fact, Trait("Scenario", "T26")]
    public void an_identity_is_kept_once()
    {
        var note = new NoteIdentity(Some.Client, "ial2", Some.Now.AddYears(1), "intake", 19);
        Spec.Given<ClientCare>().When(note, NoteIdentityAggregateHandler.Handle, Spec.Service).Then(Some.Identity);
        Spec.Given<ClientCare>(Some.Identity).When(note, NoteIdentityAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Given<ClientCare>(Some.Identity)
            .When(note with { Sequence = 18, Level = "none" }, NoteIdentityAggregateHandler.Handle, Spec.Service).ThenNothing();
    }

    [Fact]
    public void education_read_later_in_an_older_version_is_no_step_back()
    {
        var note = new NoteSafetyEducation(Some.Client, "online-safety", 1, "intake", 20);
        Spec.Given<ClientCare>().When(note, NoteSafetyEducationAggregateHandler.Handle, Spec.Service).Then(Some.Education);
        Spec.Given<ClientCare>(Some.Education with { ContentVersion = 2 })
            .When(note with { Sequence = 25 }, NoteSafetyEducationAggregateHandler.Handle, Spec.Service).ThenNothing();
    }

    [Fact]
    public void a_risk_and_a_link_are_kept_in_order()
    {
        var risk = new NoteRisk(Some.Client, "high", "intake", 21);
        var noted = new RiskNoted(Some.Client, "high", "intake", 21);
        Spec.Given<ClientCare>().When(risk, NoteRiskAggregateHandler.Handle, Spec.Service).Then(noted);
        Spec.Given<ClientCare>(noted).When(risk, NoteRiskAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Fold<ClientCare>(noted)!.IsAtRisk.ShouldBeTrue();
        Spec.Fold<ClientCare>(noted, noted with { Tier = "low" })!.IsAtRisk.ShouldBeFalse();

        var link = new NoteClientLink(Some.Client, "client-2", true, "intake", 22);
        var linked = new ClientLinkNoted(Some.Client, "client-2", true, "intake", 22);
        Spec.Given<ClientCare>().When(link, NoteClientLinkAggregateHandler.Handle, Spec.Service)
            .Then(
                linked,
                new Clinic.Contracts.ForStream(
                    "care-client-2", typeof(ClientCare),
                    new ClientLinkNoted("client-2", Some.Client, true, "intake", 22)));
        Spec.Given<ClientCare>(linked, linked with { Linked = false, Sequence = 23 })
            .When(link, NoteClientLinkAggregateHandler.Handle, Spec.Service).ThenNothing();
    }

    [Fact]
    public void licences_are_kept_in_the_order_intake_says_them()
    {
        var lapse = new NoteLicence("ther-1", "DE", LicenceNoted.Lapsed, Some.Now.AddDays(-1), "intake", 30);
        var lapsed = new LicenceNoted("ther-1", "DE", LicenceNoted.Lapsed, Some.Now.AddDays(-1), "intake", 30);
        Spec.Given<Licences>(Some.Licence).When(lapse, NoteLicenceAggregateHandler.Handle, Spec.Service).Then(lapsed);
        Spec.Given<Licences>(Some.Licence, lapsed).When(lapse, NoteLicenceAggregateHandler.Handle, Spec.Service).ThenNothing();
        var licences = Spec.Fold<Licences>(Some.Licence, lapsed)!;
        licences.Any(Some.Now.AddDays(-2)).ShouldBeTrue();
        licences.Any(Some.Now).ShouldBeFalse();
        // neither does a lapse that begins later; what ends them is the reinstatement
        var suspended = lapsed with { Status = LicenceNoted.Suspended, EffectiveAt = Some.Now.AddDays(-9), Sequence = 31 };
        var later = lapsed with { EffectiveAt = Some.Tomorrow, Sequence = 32 };
        var both = Spec.Fold<Licences>(Some.Licence, suspended, later)!;
        both.Any(Some.Now).ShouldBeFalse();
        both.Known[0].EndedAt.ShouldBe(suspended.EffectiveAt);
        var back = later with { Status = LicenceNoted.Reinstated, EffectiveAt = Some.Tomorrow.AddDays(1), Sequence = 33 };
        both.Apply(back).Any(Some.Tomorrow.AddDays(1)).ShouldBeTrue();
        both.Apply(back).Any(Some.Tomorrow).ShouldBeFalse();
        // a later suspension does not open the first again
        var again = suspended with { EffectiveAt = Some.Tomorrow.AddDays(3), Sequence = 34 };
        both.Apply(back).Apply(again).Any(Some.Tomorrow.AddDays(2)).ShouldBeTrue();
        // a look-up does not end a suspension
        licences.Apply(Some.Licence with { Sequence = 31 }).Any(Some.Now).ShouldBeFalse();
    }
}
