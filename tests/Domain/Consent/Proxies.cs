using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>Who decides for a client, and how that ends: P12.</summary>
public sealed class Proxies
{
    private static readonly RecordProxyAuthority Guardian = new(
        Some.Client, "auth-1", "mother-1", ProxyKinds.Guardian, Some.Hash, [], new DateOnly(2026, 6, 15), "America/New_York");

    // New York is four hours behind UTC in June
    private static readonly DateTimeOffset Majority = new(2026, 6, 15, 4, 0, 0, TimeSpan.Zero);

    private static readonly ProxyAuthorityRecorded Recorded =
        new(Some.Client, "auth-1", "mother-1", ProxyKinds.Guardian, Some.Hash, [], Majority, "majority", "America/New_York");

    private static readonly ConsentGranted ByMother =
        Some.Granted(scopes: [Some.Sharing]) with { Grantor = new Grantor("mother-1", Grantor.Proxy), AuthorityId = "auth-1" };

    private static ClientConsents State(params object[] more) =>
        Spec.Fold<ClientConsents>([Recorded, Some.Proposed(scopes: Some.Sharing), ByMother, .. more])!;

    [Fact, Trait("Scenario", "T47")]
    public void a_guardians_authority_ends_at_the_local_midnight_of_majority() =>
        Spec.Given<ClientConsents>().When(Guardian, RecordProxyAuthorityAggregateHandler.Handle, Spec.Therapist).Then(Recorded);

    [Theory]
    // the clocks of Beirut went forward at midnight
    [InlineData("2021-03-28", "Asia/Beirut", "2021-03-27T22:00:00Z")]
    // and those of Havana went back to midnight: the first of the two
    [InlineData("2023-11-05", "America/Havana", "2023-11-05T04:00:00Z")]
    [InlineData("2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00Z")]
    [InlineData("2026-01-01", "Pacific/Kiritimati", "2025-12-31T10:00:00Z")]
    public void midnight_is_the_first_instant_of_the_local_day(string day, string zone, string instant) =>
        RecordProxyAuthorityAggregateHandler.Midnight(DateOnly.Parse(day), TimeZoneInfo.FindSystemTimeZoneById(zone)).ShouldBe(DateTimeOffset.Parse(instant));

    [Fact]
    public void a_guardian_needs_a_majority_and_a_time_zone_there_is()
    {
        var validator = new RecordProxyAuthorityValidator();
        validator.Validate(Guardian).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Guardian with { ComesOfAgeOn = null }, "ComesOfAgeOn");
        validator.ShouldBeInvalid(Guardian with { TimeZone = "Mars/Olympus" }, "TimeZone");
        validator.ShouldBeInvalid(Guardian with { Kind = "aunt" }, "Kind");
    }

    [Fact, Trait("Scenario", "T47")]
    public void from_majority_on_the_proxy_has_no_say_even_before_anybody_recorded_it()
    {
        var state = State();
        state.AuthorityOf("mother-1", Majority.AddTicks(-1)).ShouldNotBeNull();
        state.AuthorityOf("mother-1", Majority).ShouldBeNull();
        var again = new GrantConsent(Some.Client, "dir-2", new Grantor("mother-1", Grantor.Proxy), Some.Signature, Majority);
        Spec.Given<ClientConsents>(Recorded, Some.Proposed("dir-2")).When(again, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts), Majority)
            .ThenViolates("proxy_authority_missing", "grantor");
    }

    [Fact]
    public void a_proxy_grants_only_what_the_authority_reaches()
    {
        var limited = Recorded with { ScopeLimit = [ScopeKinds.Treatment] };
        var grant = new GrantConsent(Some.Client, Some.Directive, new Grantor("mother-1", Grantor.Proxy), Some.Signature, Some.Now);
        Spec.Given<ClientConsents>(limited, Some.Proposed()).When(grant, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts))
            .ThenViolates("proxy_authority_limited", "grantor");
        Spec.Given<ClientConsents>(limited, Some.Proposed(scopes: Some.Treatment)).When(grant, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts))
            .Events.Single().ShouldBeOfType<ConsentGranted>().AuthorityId.ShouldBe("auth-1");
    }

    [Fact]
    public void a_proxy_sees_only_what_the_authority_reaches()
    {
        var state = Spec.Fold<ClientConsents>(Recorded with { ScopeLimit = [ScopeKinds.Treatment] }, Some.Proposed("a", Some.Treatment), Some.Proposed("b", Some.Sharing))!;
        state.SeenBy("mother-1", Some.Now).Directives.Select(d => d.Id).ShouldBe(["a"]);
        state.SeenBy("mother-1", Majority).Directives.ShouldBeEmpty();
        State().SeenBy("mother-1", Some.Now).Directives.Length.ShouldBe(1);
    }

    [Fact]
    public void the_same_authority_recorded_otherwise_is_refused()
    {
        var given = Spec.Given<ClientConsents>(Recorded);
        given.When(Guardian, RecordProxyAuthorityAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        foreach (var other in new[] { Guardian with { EvidenceHash = Some.OtherHash }, Guardian with { ComesOfAgeOn = new DateOnly(2026, 6, 16) }, Guardian with { TimeZone = "America/Toronto" } })
            given.When(other, RecordProxyAuthorityAggregateHandler.Handle, Spec.Therapist).ThenViolates("authority_exists", "authorityId");
        // and its end changes nothing of what was recorded
        Spec.Given<ClientConsents>(Recorded, new ProxyAuthorityEnded(Some.Client, "auth-1", "mother-1", "revoked", Some.Now, Some.Now.AddDays(30)))
            .When(Guardian, RecordProxyAuthorityAggregateHandler.Handle, Spec.Therapist).ThenNothing();
    }

    [Fact, Trait("Scenario", "T47")]
    public void ending_an_authority_late_gives_it_no_day_more()
    {
        var ended = Spec.Given<ClientConsents>(Recorded)
            .When(new EndProxyAuthority(Some.Client, "auth-1", "revoked"), EndProxyAuthorityAggregateHandler.Handle, Spec.Therapist, Majority.AddDays(2)).Events.Single()
            .ShouldBeOfType<ProxyAuthorityEnded>();
        (ended.EffectiveAt, ended.ReaffirmBy).ShouldBe((Majority, Majority.AddDays(30)));
    }

    [Fact, Trait("Scenario", "T47")]
    public void what_the_proxy_agreed_to_rests_until_the_client_says_so()
    {
        DisclosureDecision Decide(ClientConsents state, DateTimeOffset at) => DisclosureDecision.Evaluate(state, Some.Requested, at);
        Decide(State(), Majority.AddTicks(-1)).IsPermitted.ShouldBeTrue();
        Decide(State(), Majority).ReasonCode.ShouldBe("reaffirmation_needed");
        var ended = Spec.Given<ClientConsents>(Recorded, Some.Proposed(scopes: Some.Sharing), ByMother)
            .When(new LapseProxyAuthority(Some.Client, "auth-1"), LapseProxyAuthorityAggregateHandler.Handle, Spec.Service, Majority).Events.Single();
        ended.ShouldBeOfType<ProxyAuthorityEnded>().ReasonCode.ShouldBe("majority");

        var reaffirmed = Spec.Given<ClientConsents>(Recorded, Some.Proposed(scopes: Some.Sharing), ByMother, ended)
            .When(new ReaffirmConsent(Some.Client), ReaffirmConsentAggregateHandler.Handle, Spec.ClientActor, Majority.AddDays(2)).Events.Single();
        Decide(State(ended, reaffirmed), Majority.AddDays(2)).IsPermitted.ShouldBeTrue();
    }

    [Fact]
    public void what_is_not_reaffirmed_in_time_ends()
    {
        object ended = new ProxyAuthorityEnded(Some.Client, "auth-1", "mother-1", "majority", Majority, Majority.AddDays(30));
        var given = Spec.Given<ClientConsents>(Recorded, Some.Proposed(scopes: Some.Sharing), ByMother, ended);
        given.When(new EndUnaffirmed(Some.Client, "auth-1"), EndUnaffirmedAggregateHandler.Handle, Spec.Service, Majority.AddDays(30).AddTicks(-1)).ThenNothing();
        given.When(new EndUnaffirmed(Some.Client, "auth-1"), EndUnaffirmedAggregateHandler.Handle, Spec.Service, Majority.AddDays(30))
            .Then(new ConsentExpired(Some.Client, Some.Directive, 3, [Some.Sharing], "not-reaffirmed", Majority.AddDays(30)));
    }

    [Fact]
    public void the_end_of_an_authority_is_said_once_and_not_too_early()
    {
        var given = Spec.Given<ClientConsents>(Recorded);
        given.When(new LapseProxyAuthority(Some.Client, "auth-1"), LapseProxyAuthorityAggregateHandler.Handle, Spec.Service, Majority.AddTicks(-1)).ThenNothing();
        var revoked = given.When(new EndProxyAuthority(Some.Client, "auth-1", "revoked"), EndProxyAuthorityAggregateHandler.Handle, Spec.Therapist).Events.Single();
        Spec.Given<ClientConsents>(Recorded, revoked)
            .When(new LapseProxyAuthority(Some.Client, "auth-1"), LapseProxyAuthorityAggregateHandler.Handle, Spec.Service, Majority).ThenNothing();
    }
}
