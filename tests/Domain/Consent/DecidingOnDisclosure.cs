using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class DecidingOnDisclosure
{
    private static readonly DateTimeOffset Ten = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static DisclosureDecision Decide(
        ClientConsents? consents, DisclosureRequested? request = null, DateTimeOffset? now = null) =>
        DisclosureDecision.Evaluate(consents, request ?? Some.Requested, now ?? Some.Now);

    [Fact]
    public void what_a_directive_covers_is_permitted_and_the_directive_named()
    {
        var decision = Decide(Some.Sharer());
        decision.IsPermitted.ShouldBeTrue();
        decision.Directive!.Id.ShouldBe(Some.Directive);
        decision.Directive.Version.ShouldBe(2);
    }

    [Fact]
    public void default_is_deny()
    {
        Decide(null).ReasonCode.ShouldBe("no_consent");
        Decide(Spec.Fold<ClientConsents>(Some.Proposed(), Some.Granted())).ReasonCode.ShouldBe("no_consent");
        Decide(Spec.Fold<ClientConsents>(Some.Proposed(scopes: Some.Sharing))).ReasonCode.ShouldBe("no_consent");
    }

    [Fact]
    public void another_clients_consents_permit_nothing() =>
        Decide(Some.Sharer(), Some.Requested with { ClientId = "client-2" }).ReasonCode.ShouldBe("no_consent");

    [Fact]
    public void another_recipient_is_denied() =>
        Decide(Some.Sharer(), Some.Requested with { RecipientId = "pier" }).ReasonCode.ShouldBe("no_consent");

    [Fact, Trait("Scenario", "T32")]
    public void a_treatment_permit_does_not_break_the_glass()
    {
        Decide(Some.Sharer(), Some.Requested with { Purpose = "BTG" }).ReasonCode.ShouldBe("no_consent");
        Decide(Some.Sharer(), Some.Requested with { Purpose = "ETREAT" }).ReasonCode.ShouldBe("no_consent");
    }

    [Fact]
    public void every_category_asked_for_must_be_listed() =>
        Decide(Some.Sharer(), Some.Requested with { Categories = ["summaries", "notes"] })
            .ReasonCode.ShouldBe("not_covered");

    [Fact]
    public void the_whole_period_asked_for_must_be_covered()
    {
        var scope = Some.Sharing with
        {
            Disclosure = Some.ToHarbour with { PeriodFrom = new(2026, 1, 1), PeriodTo = new(2026, 2, 28) }
        };
        var consents = Spec.Fold<ClientConsents>(Some.Proposed(scopes: scope), Some.Granted(scopes: [scope]));

        Decide(consents).IsPermitted.ShouldBeTrue();
        Decide(consents, Some.Requested with { PeriodFrom = new(2025, 12, 31) }).ReasonCode.ShouldBe("not_covered");
        Decide(consents, Some.Requested with { PeriodTo = new(2026, 3, 1) }).ReasonCode.ShouldBe("not_covered");
    }

    [Fact]
    public void two_directives_do_not_add_up_to_a_permit_neither_gives()
    {
        var summaries = Some.Sharing with { Disclosure = Some.ToHarbour with { Categories = ["summaries"] } };
        var measures = Some.Sharing with { Disclosure = Some.ToHarbour with { Categories = ["measures"] } };
        var consents = Spec.Fold<ClientConsents>(
            Some.Proposed("a", summaries), Some.Granted("a", [summaries]),
            Some.Proposed("b", measures), Some.Granted("b", [measures]));

        Decide(consents, Some.Requested with { Categories = ["summaries", "measures"] }).IsPermitted.ShouldBeFalse();
    }

    [Fact, Trait("Scenario", "T31")]
    public void the_instant_of_expiry_is_too_late()
    {
        var consents = Some.Sharer(expiresAt: Ten);
        Decide(consents, now: Ten.AddTicks(-1)).IsPermitted.ShouldBeTrue();
        Decide(consents, now: Ten).ReasonCode.ShouldBe("consent_expired");
    }

    [Fact]
    public void the_first_instant_of_validity_is_early_enough()
    {
        var consents = Some.Sharer(validFrom: Ten);
        Decide(consents, now: Ten.AddTicks(-1)).ReasonCode.ShouldBe("consent_not_yet_valid");
        Decide(consents, now: Ten).IsPermitted.ShouldBeTrue();
    }

    [Fact]
    public void a_withdrawn_consent_says_so()
    {
        var decision = Decide(Some.Sharer().Apply(Some.Withdrawn(scopes: [Some.Sharing])));
        decision.ReasonCode.ShouldBe("consent_withdrawn");
        decision.Directive!.Version.ShouldBe(3);
    }

    [Fact]
    public void consenting_again_counts() =>
        Decide(Some.Sharer()
                .Apply(Some.Withdrawn(scopes: [Some.Sharing]))
                .Apply(Some.Proposed("dir-2", Some.Sharing))
                .Apply(Some.Granted("dir-2", [Some.Sharing])))
            .Directive!.Id.ShouldBe("dir-2");
}
