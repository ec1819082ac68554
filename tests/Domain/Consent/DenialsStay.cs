using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>What a client forbids ends when the client says so of it, by its name, and in no other way.</summary>
public sealed class DenialsStay
{
    private static readonly ConsentScope[] Denial = [Some.Deny()];
    private static readonly object[] Forbidden = [Some.Proposed("no", Denial), Some.Granted("no", Denial)];
    private static readonly DocumentText Later = Some.Texts.Texts[0] with { Version = 3, ContentHash = Some.OtherHash, Reconsent = ReconsentPolicies.AtOnce };

    [Fact]
    public void a_general_withdrawal_ends_what_is_allowed_and_lifts_no_denial()
    {
        var given = Spec.Given<ClientConsents>([Some.Proposed("yes", Some.Sharing), Some.Granted("yes", [Some.Sharing]), .. Forbidden]);
        given.When(new WithdrawConsent(Some.Client, "sub-1", "app"), WithdrawConsentAggregateHandler.Handle, Spec.ClientActor)
            .Then(Some.Withdrawn("yes", scopes: [Some.Sharing]));
        given.When(new WithdrawConsent(Some.Client, "sub-1", "app", "no"), WithdrawConsentAggregateHandler.Handle, Spec.ClientActor)
            .Then(Some.Withdrawn("no", scopes: Denial));
    }

    [Fact, Trait("Scenario", "T5")]
    public void a_later_text_lifts_no_denial() =>
        Spec.Given<ClientConsents>(Forbidden).When(new RequireReconsent(Some.Client, "no", Later, Some.Now), RequireReconsentAggregateHandler.Handle, Spec.Service)
            .ThenNothing();

    [Fact, Trait("Scenario", "T47")]
    public void what_a_proxy_has_forbidden_stays_forbidden_when_nobody_reaffirms_it()
    {
        object[] byProxy =
        [
            new ProxyAuthorityRecorded(Some.Client, "auth-1", "mother-1", ProxyKinds.Guardian, Some.Hash, [], Some.Now.AddDays(1), "majority"),
            Some.Proposed("no", Denial), Some.Granted("no", Denial) with { Grantor = new Grantor("mother-1", Grantor.Proxy), AuthorityId = "auth-1" },
            new ProxyAuthorityEnded(Some.Client, "auth-1", "mother-1", "majority", Some.Now.AddDays(1), Some.Now.AddDays(31))
        ];
        Spec.Given<ClientConsents>(byProxy).When(new EndUnaffirmed(Some.Client, "auth-1"), EndUnaffirmedAggregateHandler.Handle, Spec.Service, Some.Now.AddDays(40)).ThenNothing();
        var held = Spec.Fold<ClientConsents>(byProxy)!.Find("no")!;
        (held.IsHeldAt(Some.Now.AddDays(2)), held.HoldsAt(Some.Now.AddDays(2))).ShouldBe((true, true));
    }

    [Fact]
    public void a_later_text_keeps_nobody_from_forbidding_something() =>
        Spec.Given<ClientConsents>(Forbidden[0]).When(
                new GrantConsent(Some.Client, "no", Some.Self, Some.Signature, Some.Now), GrantConsentAggregateHandler.Handle,
                new GrantFacts(Spec.ClientActor, Some.Texts with { Texts = [.. Some.Texts.Texts, Later] }))
            .Then(Some.Granted("no", Denial));

    [Fact]
    public void no_other_directive_takes_its_place()
    {
        var replacing = Some.Proposed("yes", Some.Sharing) with { Replaces = "no" };
        Spec.Given<ClientConsents>(Forbidden).When(
                new ProposeConsent(Some.Client, "yes", Some.Document, [Some.Sharing], "no"), ProposeConsentAggregateHandler.Handle, new ProposalFacts(Spec.Therapist, Some.Texts))
            .ThenViolates("denial_not_replaced", "replaces");
        Spec.Given<ClientConsents>([.. Forbidden, replacing]).When(
                new GrantConsent(Some.Client, "yes", Some.Self, Some.Signature, Some.Now), GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.ClientActor, Some.Texts))
            .Then(Some.Granted("yes", [Some.Sharing]));
    }

    [Fact]
    public void what_is_forbidden_and_what_is_allowed_are_two_directives() =>
        new ProposeConsentValidator().ShouldBeInvalid(new ProposeConsent(Some.Client, "both", Some.Document, [Some.Sharing, Some.Deny()]), "Scopes");

    [Fact]
    public void what_is_replaced_holds_until_the_other_begins()
    {
        var begins = Some.Now.AddDays(7);
        object[] events = [Some.Proposed("old", Some.Sharing), Some.Granted("old", [Some.Sharing]), Some.Proposed("new", Some.Sharing) with { Replaces = "old" }];
        var decided = Spec.Given<ClientConsents>(events).When(
            new GrantConsent(Some.Client, "new", Some.Self, Some.Signature, begins), GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.ClientActor, Some.Texts)).Events;
        decided[1].ShouldBeOfType<ConsentSuperseded>().EffectiveAt.ShouldBe(begins);
        var state = Spec.Fold<ClientConsents>([.. events, .. decided])!;
        state.ActiveAt(begins.AddTicks(-1)).Single().Id.ShouldBe("old");
        state.ActiveAt(begins).Single().Id.ShouldBe("new");
        // and until then the client may still end it
        WithdrawConsentAggregateHandler.Handle(new WithdrawConsent(Some.Client, "sub-1", "app"), state, Spec.ClientActor, Some.Now)
            .Cast<ConsentWithdrawn>().Select(e => e.DirectiveId).ShouldBe(["new", "old"]);
    }

    private static readonly Gen<object> AnyEnd = Gen.Elements<object>(
        new WithdrawConsent(Some.Client, "sub-1", "app"),
        new WithdrawConsent(Some.Client, "sub-1", "letter", null, Some.Now.AddDays(-3)),
        new WithdrawConsent(Some.Client, "sub-1", "app", null, Some.Now.AddDays(3)),
        new RequireReconsent(Some.Client, "no", Later, Some.Now),
        new RequireReconsent(Some.Client, "no", Later with { Version = 4 }, Some.Now.AddDays(9)),
        new EndUnaffirmed(Some.Client, "auth-1"),
        new EndProxyAuthority(Some.Client, "auth-1", "revoked"),
        new ReportExpiryEvent(Some.Client, "end-of-treatment"),
        new ExpireConsent(Some.Client, "no"),
        new GrantConsent(Some.Client, "other", Some.Self, Some.Signature, Some.Now));

    [Fact]
    public void nothing_that_does_not_name_a_denial_lifts_it() =>
        Prop.ForAll(AnyEnd.ListOf().ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (ends, days) =>
        {
            List<object> events =
            [
                new ProxyAuthorityRecorded(Some.Client, "auth-1", "mother-1", ProxyKinds.PowerOfAttorney, Some.Hash, []),
                Some.Proposed("no", Denial), Some.Granted("no", Denial) with { AuthorityId = "auth-1" },
                Some.Proposed("other", Some.Sharing) with { Replaces = "no" }
            ];
            foreach (var end in ends) events.AddRange(Decide(end, Spec.Fold<ClientConsents>([.. events])));
            DisclosureDecision.Evaluate(Spec.Fold<ClientConsents>([.. events]), Some.Requested, Some.Now.AddDays(days)).ReasonCode.ShouldBe("explicitly_denied");
        }).QuickCheckThrowOnFailure();

    private static object[] Decide(object command, ClientConsents? state)
    {
        try
        {
            return Handled(command, state);
        }
        catch (RuleViolation)
        {
            return [];
        }
    }

    private static object[] Handled(object command, ClientConsents? state) => command switch
    {
        WithdrawConsent c => WithdrawConsentAggregateHandler.Handle(c, state, Spec.ClientActor, Some.Now),
        RequireReconsent c => RequireReconsentAggregateHandler.Handle(c, state, Spec.Service, Some.Now),
        EndUnaffirmed c => EndUnaffirmedAggregateHandler.Handle(c, state, Spec.Service, Some.Now.AddDays(60)),
        EndProxyAuthority c => EndProxyAuthorityAggregateHandler.Handle(c, state, Spec.Therapist, Some.Now),
        ReportExpiryEvent c => ReportExpiryEventAggregateHandler.Handle(c, state, Spec.Therapist, Some.Now),
        ExpireConsent c => ExpireConsentAggregateHandler.Handle(c, state, Spec.Service, Some.Now),
        GrantConsent c => GrantConsentAggregateHandler.Handle(c, state, new GrantFacts(Spec.ClientActor, Some.Texts), Some.Now),
        _ => throw new ArgumentOutOfRangeException(nameof(command))
    };
}
