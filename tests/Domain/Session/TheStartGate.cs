using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class TheStartGate
{
    private static readonly StartSession Start = new("ses-1", true, true, "DE-BE");
    private static readonly TherapySession Session = TherapySession.Create(Some.Scheduled);

    private static StartFacts Facts(params object[] care) => new(
        Spec.Therapist, Spec.Fold<ClientCare>(care), TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(3),
        GapOpen: false);

    private static readonly StartFacts Ready = Facts(Some.Consent, Some.Suitability, Some.Plan);

    private static GateCheck[] Evaluate(StartFacts? facts = null, StartSession? command = null) =>
        StartGate.Evaluate(command ?? Start, Session, facts ?? Ready, Some.Tomorrow);

    private static string[] Failed(StartFacts? facts = null, StartSession? command = null) =>
        Evaluate(facts, command).Where(check => !check.Passed).Select(check => check.Name).ToArray();

    [Fact, Trait("Scenario", "T4")]
    public void every_check_is_there_with_the_version_and_age_of_its_fact() =>
        Evaluate().ShouldBe(
        [
            new("consent-treatment", true, 2, 2),
            new("consent-modality", true, 2, 2),
            new("suitability", true, 17, 3),
            new("emergency-plan", true, 18, 3),
            new("location-confirmed", true),
            new("emergency-contact-confirmed", true),
            new("no-open-crisis", true, null, 3),
            new("consent-facts-fresh", true, null, 2),
            new("intake-facts-fresh", true, null, 3),
            new("no-gap", true)
        ]);

    [Fact]
    public void a_client_nothing_is_known_of_fails_every_check_of_facts() =>
        Failed(Facts()).ShouldBe(
            ["consent-treatment", "consent-modality", "suitability", "emergency-plan", "no-open-crisis"]);

    [Fact]
    public void each_consent_must_hold_at_this_instant()
    {
        Failed(Facts(Some.Consent with { Scopes = [Some.Video] }, Some.Suitability, Some.Plan))
            .ShouldBe(["consent-treatment"]);
        Failed(Facts(Some.Consent with { Scopes = [Some.Treatment] }, Some.Suitability, Some.Plan))
            .ShouldBe(["consent-modality"]);
        Failed(Facts(Some.Consent with { ExpiresAt = Some.Tomorrow }, Some.Suitability, Some.Plan))
            .ShouldBe(["consent-treatment", "consent-modality"]);
        Failed(Facts(Some.Consent with { ValidFrom = Some.Tomorrow }, Some.Suitability, Some.Plan)).ShouldBeEmpty();
    }

    [Fact]
    public void consent_to_another_modality_is_not_enough()
    {
        var voice = Some.Video with { Value = "voice" };
        Failed(Facts(Some.Consent with { Scopes = [Some.Treatment, voice] }, Some.Suitability, Some.Plan))
            .ShouldBe(["consent-modality"]);
    }

    [Theory]
    [InlineData(ConsentNoted.Refused)]
    [InlineData(ConsentNoted.Expired)]
    public void a_directive_that_does_not_hold_permits_nothing(string status) =>
        Failed(Facts(Some.Consent with { Status = status }, Some.Suitability, Some.Plan))
            .ShouldBe(["consent-treatment", "consent-modality"]);

    [Fact]
    public void a_withdrawal_counts_from_its_instant()
    {
        var withdrawn = Some.Consent with { Status = ConsentNoted.Withdrawn, DirectiveVersion = 3 };
        Failed(Facts(withdrawn with { WithdrawnFrom = Some.Tomorrow }, Some.Suitability, Some.Plan))
            .ShouldBe(["consent-treatment", "consent-modality"]);
        Failed(Facts(withdrawn with { WithdrawnFrom = Some.Tomorrow.AddTicks(1) }, Some.Suitability, Some.Plan))
            .ShouldBeEmpty();
    }

    [Fact]
    public void suitability_must_allow_the_modality_and_not_be_overdue()
    {
        Failed(Facts(Some.Consent, Some.Suitability with { Decision = "not-suitable" }, Some.Plan))
            .ShouldBe(["suitability"]);
        Failed(Facts(Some.Consent, Some.Suitability with { Modalities = [] }, Some.Plan)).ShouldBe(["suitability"]);
        Failed(Facts(Some.Consent, Some.Suitability with { ReviewBy = new(2026, 3, 2) }, Some.Plan))
            .ShouldBe(["suitability"]);
        Failed(Facts(Some.Consent, Some.Suitability with { ReviewBy = new(2026, 3, 3) }, Some.Plan)).ShouldBeEmpty();
    }

    [Fact]
    public void the_emergency_plan_must_not_be_overdue() =>
        Failed(Facts(Some.Consent, Some.Suitability, Some.Plan with { ReviewBy = new(2026, 3, 2) }))
            .ShouldBe(["emergency-plan"]);

    [Fact, Trait("Scenario", "T39")]
    public void location_and_contact_are_confirmed_in_this_session()
    {
        Failed(command: Start with { LocationConfirmed = false }).ShouldBe(["location-confirmed"]);
        Failed(command: Start with { EmergencyContactConfirmed = false }).ShouldBe(["emergency-contact-confirmed"]);
    }

    [Fact]
    public void an_open_crisis_holds_the_session_and_a_closed_one_does_not()
    {
        Failed(Facts(Some.Consent, Some.Suitability, Some.Plan, new CrisisNoted(Some.Client, true, "intake", 20)))
            .ShouldBe(["no-open-crisis"]);
        Failed(Facts(Some.Consent, Some.Suitability, Some.Plan, new CrisisNoted(Some.Client, false, "intake", 21)))
            .ShouldBeEmpty();
    }

    [Fact, Trait("Scenario", "T30")]
    public void facts_older_than_ten_seconds_fail_closed()
    {
        Failed(Ready with { ConsentFactsAge = TimeSpan.FromSeconds(10) }).ShouldBeEmpty();
        Failed(Ready with { ConsentFactsAge = TimeSpan.FromSeconds(10.001) }).ShouldBe(["consent-facts-fresh"]);
        Failed(Ready with { IntakeFactsAge = TimeSpan.FromSeconds(10.001) }).ShouldBe(["intake-facts-fresh"]);
    }

    [Fact]
    public void a_producer_never_heard_is_stale_and_one_ahead_of_our_clock_is_fresh()
    {
        Failed(Ready with { ConsentFactsAge = TimeSpan.MaxValue }).ShouldBe(["consent-facts-fresh"]);
        Evaluate(Ready with { ConsentFactsAge = TimeSpan.MaxValue })[0].AgeSeconds.ShouldBe(int.MaxValue);
        Evaluate(Ready with { ConsentFactsAge = TimeSpan.FromSeconds(-2) })[0].AgeSeconds.ShouldBe(0);
    }

    [Fact, Trait("Scenario", "T28")]
    public void a_gap_may_hide_anything_so_it_fails_closed() =>
        Failed(Ready with { GapOpen = true }).ShouldBe(["no-gap"]);
}
