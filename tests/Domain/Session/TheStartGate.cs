using Clinic.Contracts.Consent;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class TheStartGate
{
    private static readonly StartSession Start = new("ses-1", true, true, "DE-BE");
    private static readonly TherapySession Session = TherapySession.Create(Some.Scheduled);

    private static StartFacts Facts(params object[] care) =>
        Some.Facts([.. care, Some.Identity, Some.Education]);

    private static readonly StartFacts Ready = Facts(Some.Consent, Some.Suitability, Some.Plan);

    private static GateCheck[] Evaluate(
        StartFacts? facts = null, StartSession? command = null, TherapySession? session = null) =>
        StartGate.Evaluate(command ?? Start, session ?? Session, facts ?? Ready, Some.Tomorrow);

    private static string[] Failed(
        StartFacts? facts = null, StartSession? command = null, TherapySession? session = null) =>
        Evaluate(facts, command, session).Where(check => !check.Passed).Select(check => check.Name).ToArray();

    [Fact, Trait("Scenario", "T4")]
    public void every_check_is_there_with_the_version_and_age_of_its_fact() =>
        Evaluate().ShouldBe(
        [
            new("consent-treatment", true, 2, 2),
            new("consent-modality", true, 2, 2),
            new("consent-platform", true, null, 2),
            new("suitability", true, 17, 3),
            new("identity", true, 19, 3),
            new("licence", true, 16, 3),
            new("emergency-plan", true, 18, 3),
            new("safety-education", true, 20, 3),
            new("platform", true, 0),
            new("location-confirmed", true),
            new("emergency-contact-confirmed", true),
            new("checked-in", true),
            new("no-open-crisis", true, null, 3),
            new("strong-login", true),
            new("not-held", true),
            new("consent-facts-fresh", true, null, 2),
            new("intake-facts-fresh", true, null, 3),
            new("no-gap", true)
        ]);

    [Fact]
    public void a_client_nothing_is_known_of_fails_every_check_of_facts() =>
        Failed(Some.Facts() with { Licences = null, Platform = null }).ShouldBe(
            [
                "consent-treatment", "consent-modality", "consent-platform", "suitability", "identity", "licence",
                "emergency-plan", "safety-education", "platform", "no-open-crisis"
            ]);

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

    [Fact, Trait("Scenario", "T2")]
    public void who_the_client_is_must_be_known_as_well_as_the_kind_of_care_asks()
    {
        object[] care = [Some.Consent, Some.Suitability, Some.Plan, Some.Education];
        Failed(Some.Facts(care)).ShouldBe(["identity"]);
        Failed(Some.Facts([.. care, Some.Identity with { Level = "ial1" }])).ShouldBe(["identity"]);
        Failed(Some.Facts([.. care, Some.Identity with { ExpiresAt = Some.Tomorrow }])).ShouldBe(["identity"]);
        Failed(Some.Facts([.. care, Some.Identity with { Level = "ial3" }])).ShouldBeEmpty();
        var clinic = new SessionPolicy { IdentityLevels = new Dictionary<string, string> { ["therapist-supported"] = "none" } };
        Failed(Some.Facts(care) with { Policy = clinic }).ShouldBeEmpty();
    }

    [Fact, Trait("Scenario", "T38")]
    public void the_licence_must_cover_where_the_client_is_today()
    {
        Failed(Ready with { Licences = null }).ShouldBe(["licence"]);
        Failed(command: Start with { Jurisdiction = "US-NV" }).ShouldBe(["licence"]);
        var away = Spec.Fold<TherapySession>(Some.Scheduled, CheckedIn("US-NV"))!;
        Failed(session: away).ShouldBe(["licence"]);
        var compact = Spec.Fold<Licences>(Some.Licence with { Jurisdiction = "US-CA", Compact = ["US-NV"] });
        Failed(Ready with { Licences = compact }, Start with { Jurisdiction = "US-NV" }).ShouldBeEmpty();
        // a country's licence covers its parts, not the other way round
        Failed(Ready with { Licences = compact }, Start with { Jurisdiction = "US" }).ShouldBe(["licence"]);
    }

    [Fact]
    public void a_licence_that_lapsed_or_expired_covers_nothing_until_it_is_reinstated()
    {
        var lapsed = Some.Licence with { Status = LicenceNoted.Lapsed, EffectiveAt = Some.Now, Sequence = 30 };
        var back = lapsed with { Status = LicenceNoted.Reinstated, EffectiveAt = Some.Tomorrow, Sequence = 31 };
        Failed(Ready with { Licences = Spec.Fold<Licences>(Some.Licence, lapsed) }).ShouldBe(["licence"]);
        Failed(Ready with { Licences = Spec.Fold<Licences>(Some.Licence, lapsed, back) }).ShouldBeEmpty();
        Failed(Ready with { Licences = Spec.Fold<Licences>(Some.Licence with { ExpiresAt = Some.Tomorrow }) })
            .ShouldBe(["licence"]);
    }

    [Fact]
    public void a_peer_supporter_needs_no_licence_but_the_client_a_lower_level_only() =>
        Failed(Some.Facts(
                Some.Consent, Some.Suitability with { Category = "peer-supported" }, Some.Plan, Some.Education,
                Some.Identity with { Level = "ial1" }) with
        { Licences = null }).ShouldBeEmpty();

    [Fact]
    public void the_platform_must_be_approved_with_an_agreement_that_holds()
    {
        Failed(Ready with { Platform = null }).ShouldBe(["consent-platform", "platform"]);
        Failed(Ready with { Platform = Platform.Create(Some.Approved with { ReviewBy = new(2026, 3, 2) }) })
            .ShouldBe(["platform"]);
        Failed(Ready with { Platform = Some.Platform.Apply(new PlatformRevoked("platform-1", "breach")) })
            .ShouldBe(["consent-platform", "platform"]);
        var open = Platform.Create(Some.Approved with { E2ee = false });
        Failed(Ready with { Platform = open }).ShouldBeEmpty();
        Failed(Ready with { Platform = open, Policy = new SessionPolicy { EndToEndEncryptionRequired = true } })
            .ShouldBe(["platform"]);
    }

    [Fact, Trait("Scenario", "T59")]
    public void a_platform_that_collects_for_advertising_needs_the_clients_word_for_it()
    {
        var collects = Platform.Create(Some.Approved with { CollectsForAdvertising = true });
        Failed(Ready with { Platform = collects }).ShouldBe(["consent-platform"]);
        var consent = Some.Consent with { Scopes = [.. Some.Consent.Scopes, new ConsentScope(ScopeKinds.Platform, "platform-1")] };
        Failed(Facts(consent, Some.Suitability, Some.Plan) with { Platform = collects }).ShouldBeEmpty();
        Failed(Ready with { Policy = new SessionPolicy { ConsentToEveryPlatform = true } })
            .ShouldBe(["consent-platform"]);
    }

    [Fact, Trait("Scenario", "T59")]
    public void who_said_no_to_a_platform_is_not_met_there_even_where_nobody_had_to_ask()
    {
        ConsentScope[] platform = [new(ScopeKinds.Platform, "platform-1")];
        var no = Some.Consent with { DirectiveId = "dir-2", Status = ConsentNoted.Refused, Scopes = platform };
        object[] known = [Some.Consent, Some.Suitability, Some.Plan];
        Failed(Facts([.. known, no])).ShouldBe(["consent-platform"]);
        Failed(Facts([.. known, no with { Status = ConsentNoted.Withdrawn, WithdrawnFrom = Some.Now }]))
            .ShouldBe(["consent-platform"]);
        Failed(Facts([.. known, no with { Scopes = [new(ScopeKinds.Platform, "platform-2")] }])).ShouldBeEmpty();
        Failed(Ready with { Linked = [Spec.Fold<ClientCare>(no with { ClientId = "client-2" })!] })
            .ShouldBe(["consent-platform"]);
    }

    [Fact]
    public void in_person_there_is_no_platform_and_nothing_online_to_know()
    {
        var here = TherapySession.Create(Some.Scheduled with { Modality = "in-person", PlatformId = null });
        var consent = Some.Consent with { Scopes = [Some.Treatment, Some.Video with { Value = "in-person" }] };
        var care = Some.Facts(
            consent, Some.Suitability with { Modalities = ["in-person"] }, Some.Plan, Some.Identity);
        Failed(care with { Platform = null }, session: here).ShouldBeEmpty();
    }

    [Fact]
    public void safety_education_must_be_current()
    {
        var old = Some.Facts(Some.Consent, Some.Suitability, Some.Plan, Some.Identity);
        Failed(old).ShouldBe(["safety-education"]);
        Failed(Ready with { Policy = new SessionPolicy { SafetyContentVersion = 2 } }).ShouldBe(["safety-education"]);
        Failed(Ready with { Policy = new SessionPolicy { SafetyContentId = "other" } }).ShouldBe(["safety-education"]);
    }

    [Fact, Trait("Scenario", "T39")]
    public void who_refuses_to_say_where_they_are_is_not_met_whatever_the_practitioner_confirms()
    {
        Failed(session: Spec.Fold<TherapySession>(Some.Scheduled, CheckedIn("DE-BE") with { Location = null }))
            .ShouldBe(["location-confirmed"]);
        Failed(session: Spec.Fold<TherapySession>(
                Some.Scheduled, CheckedIn("DE-BE") with { EmergencyContactConfirmed = false }))
            .ShouldBe(["emergency-contact-confirmed"]);
        Failed(session: Spec.Fold<TherapySession>(
                Some.Scheduled, CheckedIn("DE-BE") with { Location = null }, CheckedIn("DE-BE")))
            .ShouldBeEmpty();
    }

    [Fact]
    public void a_clinic_may_insist_on_a_check_in()
    {
        var strict = Ready with { Policy = new SessionPolicy { CheckInRequired = true } };
        Failed(strict).ShouldBe(["checked-in"]);
        Failed(strict, session: Spec.Fold<TherapySession>(Some.Scheduled, CheckedIn("DE-BE"))).ShouldBeEmpty();
    }

    [Fact]
    public void a_check_in_of_hours_ago_counts_as_none()
    {
        var strict = Ready with { Policy = new SessionPolicy { CheckInRequired = true } };
        var said = CheckedIn("US-NV") with { Location = null };
        TherapySession At(TimeSpan ago) =>
            Spec.Fold<TherapySession>(Some.Scheduled, said with { CheckedInAt = Some.Tomorrow - ago })!;
        Failed(strict, session: At(TimeSpan.FromHours(4))).ShouldBe(["licence", "location-confirmed"]);
        Failed(strict, session: At(TimeSpan.FromHours(4) + TimeSpan.FromTicks(1))).ShouldBe(["checked-in"]);
        Failed(session: At(TimeSpan.FromHours(5))).ShouldBeEmpty();
        Failed(Ready with { Policy = new SessionPolicy { CheckInValid = TimeSpan.FromHours(6) } }, session: At(TimeSpan.FromHours(5)))
            .ShouldBe(["licence", "location-confirmed"]);
    }

    [Fact]
    public void the_gate_and_the_start_name_one_place_the_clients_own_word_first()
    {
        string?[] Places(params object[] since) =>
        [
            .. Spec.Given<TherapySession>([Some.Scheduled, .. since])
                .When(Start, StartSessionAggregateHandler.Handle, Ready, Some.Tomorrow).Events
                .Select(e => (e as SessionGateEvaluated)?.Jurisdiction ?? (e as SessionStarted)?.Jurisdiction).OfType<string>()
        ];
        Places(CheckedIn("DE-HH")).ShouldBe(["DE-HH", "DE-HH"]);
        Places(CheckedIn("DE-HH") with { CheckedInAt = Some.Now }).ShouldBe(["DE-BE", "DE-BE"]);
    }

    [Fact]
    public void a_weak_login_or_a_hold_keeps_it_shut()
    {
        Failed(Ready with { StrongLogin = false }).ShouldBe(["strong-login"]);
        Failed(session: Spec.Fold<TherapySession>(
            Some.Scheduled, new SessionHeld("ses-1", Some.Client, "licence-ended"))).ShouldBe(["not-held"]);
    }

    [Fact]
    public void what_a_linked_record_denies_is_denied_and_what_it_does_not_mention_is_not()
    {
        var other = Some.Consent with { ClientId = "client-2", Status = ConsentNoted.Refused };
        Failed(Ready with { Linked = [Spec.Fold<ClientCare>(other)!] })
            .ShouldBe(["consent-treatment", "consent-modality"]);
        Failed(Ready with { Linked = [Spec.Fold<ClientCare>(Some.Identity)!] }).ShouldBeEmpty();
        Failed(Ready with { Linked = [Spec.Fold<ClientCare>(new CrisisNoted("client-2", true, "intake", 3))!] })
            .ShouldBe(["no-open-crisis"]);
    }

    private static ClientCheckedIn CheckedIn(string jurisdiction) => new(
        "ses-1", Some.Client, jurisdiction, "login", PrivateSpace: true, SecureNetwork: true,
        EmergencyContactConfirmed: true, Some.Tomorrow, StrongLogin: true, "At home");
}
