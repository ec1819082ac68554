using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class ReleasingDisclosure
{
    private static readonly ReleaseDisclosure Release = new("disc-1");
    private static readonly Actor ConsentService = new("consent", Roles.Service, "north");
    private static readonly ReleaseFacts Facts =
        new(ConsentService, Some.Sharer(), Some.Harbour, Some.Hash, "Two session summaries", ["MH"], Under: new(Some.Directive, 2, Some.Harbour.PublicKey!));

    [Fact]
    public void a_permitted_disclosure_is_made_with_all_an_accounting_shows() =>
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts).Then(Some.Made);

    [Fact]
    public void nothing_leaves_that_nobody_can_encrypt() =>
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts with { Recipient = Recipient.Create(Some.HarbourRegistered) })
            .ThenViolates("recipient_key_missing");

    [Fact, Trait("Scenario", "T21")]
    public void a_part_2_release_without_notice_or_copy_is_blocked()
    {
        ConsentScope[] scopes = [Some.Sharing with { Disclosure = Some.ToHarbour with { Sensitivity = ["MH", "SUD"] } }];
        var consents = Spec.Fold<ClientConsents>(
            Some.Proposed(Some.Directive, scopes) with { DocumentType = DocumentTypes.Part2Consent }, Some.Granted(Some.Directive, scopes));
        var facts = Facts with { Consents = consents, Labels = ["MH", "SUD"], Notice = "notice", ConsentCopyHash = Some.Hash };
        Outcome Releasing(ReleaseFacts with) => Spec.Given<Disclosure>(Some.Requested, Some.Permitted).When(Release, ReleaseDisclosureAggregateHandler.Handle, with);
        Releasing(facts with { Notice = null }).ThenViolates("notice_missing");
        Releasing(facts with { ConsentCopyHash = null }).ThenViolates("notice_missing");
        Releasing(facts).Events.Single().ShouldBeOfType<DisclosureMade>().NoticeId.ShouldBe("notice");
    }

    [Fact, Trait("Scenario", "T20")]
    public void what_was_left_out_is_said_by_its_labels() =>
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts with { Removed = ["SUD"] })
            .Then(
                Some.Made,
                new DisclosureRedacted("disc-1", Some.Client, "harbour", ["SUD"], Some.Directive, 2, DisclosureDecision.PolicyVersion));

    [Fact]
    public void content_assembled_with_other_labels_than_hold_now_is_not_released() =>
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts with { Labels = ["MH", "SUD"] })
            .ThenViolates("labels_changed");

    [Fact]
    public void only_what_was_assembled_under_what_holds_now_is_released()
    {
        Outcome Releasing(AssembledUnder? under) =>
            Spec.Given<Disclosure>(Some.Requested, Some.Permitted).When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts with { Under = under });
        Releasing(null).ThenViolates("package_outdated");
        Releasing(Facts.Under! with { DirectiveId = "another" }).ThenViolates("package_outdated");
        Releasing(Facts.Under! with { DirectiveVersion = 3 }).ThenViolates("package_outdated");
        Releasing(Facts.Under! with { RecipientKey = "the key before" }).ThenViolates("package_outdated");
    }

    [Fact, Trait("Scenario", "T22")]
    public void a_withdrawal_before_the_release_cancels_it() =>
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(
                Release, ReleaseDisclosureAggregateHandler.Handle,
                Facts with { Consents = Some.Sharer().Apply(Some.Withdrawn(scopes: [Some.Sharing])) })
            .Then(new DisclosureCancelled("disc-1", Some.Client, "harbour", "consent_withdrawn"));

    [Fact, Trait("Scenario", "T23")]
    public void a_withdrawal_after_the_release_changes_nothing_of_it() =>
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted, Some.Made)
            .When(
                Release, ReleaseDisclosureAggregateHandler.Handle,
                Facts with { Consents = Some.Sharer().Apply(Some.Withdrawn(scopes: [Some.Sharing])) })
            .ThenNothing();

    [Fact, Trait("Scenario", "T31")]
    public void a_release_at_the_instant_of_expiry_is_cancelled()
    {
        var ten = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(
                Release, ReleaseDisclosureAggregateHandler.Handle,
                Facts with { Consents = Some.Sharer(expiresAt: ten) }, ten)
            .Then(new DisclosureCancelled("disc-1", Some.Client, "harbour", "consent_expired"));
    }

    [Fact]
    public void consents_that_cannot_be_found_cancel_it() =>
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts with { Consents = null })
            .Then(new DisclosureCancelled("disc-1", Some.Client, "harbour", "no_consent"));

    [Fact]
    public void the_recipient_is_recorded_as_it_is_known_now()
    {
        var moved = Some.Harbour with { Address = "2 Pier Road" };
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts with { Recipient = moved })
            .Then(Some.Made with { RecipientAddress = "2 Pier Road" });
    }

    [Fact]
    public void releasing_twice_changes_nothing()
    {
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted, Some.Made)
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts).ThenNothing();
        Spec.Given<Disclosure>(
                Some.Requested, Some.Permitted, Some.Made,
                new DisclosureDelivered("disc-1", Some.Client, "harbour", Some.Hash))
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts).ThenNothing();
    }

    [Fact]
    public void what_was_denied_or_cancelled_stays_so()
    {
        Spec.Given<Disclosure>(Some.Requested, new DisclosureDenied("disc-1", Some.Client, "harbour", "no_consent", 1))
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts)
            .ThenViolates("disclosure_not_permitted", "disclosureId");
        Spec.Given<Disclosure>(
                Some.Requested, Some.Permitted,
                new DisclosureCancelled("disc-1", Some.Client, "harbour", "consent_withdrawn"))
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts)
            .ThenViolates("disclosure_not_permitted", "disclosureId");
    }

    [Fact]
    public void there_must_be_such_a_disclosure_and_recipient()
    {
        Spec.Given<Disclosure>().When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts)
            .ThenViolates("disclosure_unknown", "disclosureId");
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts with { Recipient = null })
            .ThenViolates("recipient_unknown");
    }

    [Fact]
    public void the_recipient_may_release_its_own_and_nobody_elses()
    {
        var harbour = new Actor("north.harbour", Roles.ClinicSystem, "north");
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts with { By = harbour })
            .Then(Some.Made with { Discloser = "north.harbour" });
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Release, ReleaseDisclosureAggregateHandler.Handle, Facts with { By = Spec.Ehr })
            .ThenViolates("role_not_permitted");
    }

    [Fact]
    public void every_field_is_checked_by_name()
    {
        new ReleaseDisclosureValidator().Validate(Release).IsValid.ShouldBeTrue();
        new ReleaseDisclosureValidator().ShouldBeInvalid(new(""), "DisclosureId");
    }
}
