using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>Ways a directive ends without being withdrawn, and what a late word does to what has left.</summary>
public sealed class EndingDirectives
{
    private static readonly DateTimeOffset Ten = Some.Now.AddHours(1);

    [Fact, Trait("Scenario", "T31")]
    public void a_deadline_says_that_a_directive_has_run_out_at_its_own_instant()
    {
        var given = Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted(expiresAt: Ten));
        given.When(new ExpireConsent(Some.Client, Some.Directive), ExpireConsentAggregateHandler.Handle, Spec.Service, Ten.AddTicks(-1)).ThenNothing();
        given.When(new ExpireConsent(Some.Client, Some.Directive), ExpireConsentAggregateHandler.Handle, Spec.Service, Ten.AddSeconds(3))
            .Then(new ConsentExpired(Some.Client, Some.Directive, 3, [Some.Treatment, Some.Video], "date", Ten));
    }

    [Fact, Trait("Scenario", "T31")]
    public void an_event_ends_what_was_granted_until_it_and_nothing_else()
    {
        var until = Some.Granted() with { ExpiryEvent = "end-of-treatment" };
        Spec.Given<ClientConsents>(Some.Proposed(), until, Some.Proposed("dir-2"), Some.Granted("dir-2"))
            .When(new ReportExpiryEvent(Some.Client, "end-of-treatment"), ReportExpiryEventAggregateHandler.Handle, Spec.Therapist)
            .Then(new ConsentExpired(Some.Client, Some.Directive, 3, [Some.Treatment, Some.Video], "event", Some.Now));
    }

    [Fact, Trait("Scenario", "T31")]
    public void what_is_to_be_withdrawn_later_holds_until_then_and_ends_with_its_event_or_a_later_text()
    {
        object[] events = [Some.Proposed(), Some.Granted() with { ExpiryEvent = "end-of-treatment" }, Some.Withdrawn(effectiveAt: Some.Now.AddDays(30))];
        var state = Spec.Fold<ClientConsents>([.. events, .. Spec.Given<ClientConsents>(events)
            .When(new ReportExpiryEvent(Some.Client, "end-of-treatment"), ReportExpiryEventAggregateHandler.Handle, Spec.Therapist).Events])!;
        state.Find(Some.Directive)!.IsActiveAt(Some.Now).ShouldBeFalse();

        var text = Some.Texts.Texts[0] with { Version = 3 };
        Spec.Given<ClientConsents>(events).When(new RequireReconsent(Some.Client, Some.Directive, text, Some.Now), RequireReconsentAggregateHandler.Handle, Spec.Service)
            .Events.Last().ShouldBeOfType<ConsentExpired>().EffectiveAt.ShouldBe(Some.Now);
        Spec.Given<ClientConsents>([.. events, Some.Proposed("dir-2") with { Replaces = Some.Directive }])
            .When(new GrantConsent(Some.Client, "dir-2", Some.Self, Some.Signature, Some.Now), GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts))
            .Events.Last().ShouldBeOfType<ConsentSuperseded>().DirectiveId.ShouldBe(Some.Directive);
    }

    [Fact, Trait("Scenario", "T31")]
    public void what_is_to_be_withdrawn_later_may_run_out_before()
    {
        var (soon, later) = (Some.Now.AddDays(10), Some.Now.AddDays(30));
        Outcome Expiring(DateTimeOffset withdrawn) => Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted() with { ExpiresAt = soon }, Some.Withdrawn(effectiveAt: withdrawn))
            .When(new ExpireConsent(Some.Client, Some.Directive), ExpireConsentAggregateHandler.Handle, Spec.Service, soon);
        Expiring(later).Then(new ConsentExpired(Some.Client, Some.Directive, 4, [Some.Treatment, Some.Video], "date", soon));
        Expiring(soon).ThenNothing();
    }

    [Fact]
    public void what_has_ended_ends_no_second_time()
    {
        var expired = new ConsentExpired(Some.Client, Some.Directive, 3, [Some.Treatment], "date", Some.Now);
        var given = Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted(expiresAt: Some.Now), expired);
        given.When(new ExpireConsent(Some.Client, Some.Directive), ExpireConsentAggregateHandler.Handle, Spec.Service, Ten).ThenNothing();
        given.When(new WithdrawConsent(Some.Client, "sub-1", "app"), WithdrawConsentAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
        given.When(new GrantConsent(Some.Client, Some.Directive, Some.Self, Some.Signature, Some.Now), GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts))
            .ThenViolates("consent_ended", "directiveId");
    }

    [Fact]
    public void a_withdrawal_that_names_yesterday_binds_from_now_and_remembers_yesterday()
    {
        var yesterday = Some.Now.AddDays(-1);
        var given = Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted(validFrom: Some.Now.AddDays(-9)));
        var withdrawn = given.When(new WithdrawConsent(Some.Client, "sub-1", "letter", null, yesterday), WithdrawConsentAggregateHandler.Handle, Spec.ClientActor).Events.Single();
        withdrawn.ShouldBeOfType<ConsentWithdrawn>().EffectiveAt.ShouldBe(Some.Now);
        var state = Spec.Fold<ClientConsents>(Some.Proposed(), Some.Granted(validFrom: Some.Now.AddDays(-9)), withdrawn)!;
        state.Find(Some.Directive)!.IsActiveAt(yesterday.AddTicks(-1)).ShouldBeTrue();
        state.Find(Some.Directive)!.IsActiveAt(yesterday).ShouldBeFalse();
    }

    [Fact]
    public void what_left_in_between_is_flagged_once_and_kept()
    {
        var flag = new FlagDisclosure("disc-1", Some.Directive, "withdrawn_before", Some.Now.AddDays(-1));
        var flagged = new DisclosureFlagged("disc-1", Some.Client, "harbour", Some.Directive, "withdrawn_before", Some.Now.AddDays(-1));
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted, Some.Made).When(flag, FlagDisclosureAggregateHandler.Handle, Spec.Service).Then(flagged);
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted, Some.Made, flagged).When(flag, FlagDisclosureAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted).When(flag, FlagDisclosureAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Fold<Disclosure>(Some.Requested, Some.Permitted, Some.Made, flagged)!.Status.ShouldBe(DisclosureStatus.Released);
    }

    [Fact]
    public void what_was_entered_in_error_allows_nothing_not_even_in_hindsight()
    {
        var error = Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(new CorrectConsent(Some.Client, Some.Directive, "another client's form"), CorrectConsentAggregateHandler.Handle, Spec.Therapist).Events.Single();
        var state = Spec.Fold<ClientConsents>(Some.Proposed(), Some.Granted(), error)!;
        state.ActiveAt(Some.Now.AddMinutes(1)).ShouldBeEmpty();
        CorrectConsentAggregateHandler.Handle(new CorrectConsent(Some.Client, Some.Directive, "x"), state, Spec.Therapist, Some.Now).ShouldBeEmpty();
    }
}
