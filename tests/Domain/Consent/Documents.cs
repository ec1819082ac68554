using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>Texts by version and language, and what each type of them must say.</summary>
public sealed class Documents
{
    private static readonly PublishDocument Hipaa = new(
        "sharing", 1, "en", DocumentTypes.HipaaAuthorization, "We disclose. You may revoke. Nothing depends on it. They may pass it on.",
        [
            new(DocumentElements.Discloser, "We disclose"), new(DocumentElements.RightToRevoke, "You may revoke"),
            new(DocumentElements.Conditioning, "Nothing depends on it"), new(DocumentElements.Redisclosure, "They may pass it on")
        ]);

    private static object[] Published(PublishDocument command, params object[] before) =>
        PublishDocumentAggregateHandler.Handle(command, Spec.Fold<ConsentDocument>(before), Spec.Operator, Some.Now);

    public static TheoryData<string, string> TextElements =>
        [.. DocumentTypes.All.SelectMany(type => MandatoryElements.OfText(type).Select(element => (type, element)))];

    [Theory, MemberData(nameof(TextElements))]
    public void a_text_that_does_not_say_a_mandatory_element_is_refused_by_name(string type, string element) =>
        Spec.Given<ConsentDocument>().When(
                Hipaa with
                {
                    DocumentType = type,
                    Text = "All.",
                    Passages = [.. MandatoryElements.OfText(type).Where(e => e != element).Select(e => new ElementPassage(e, "All."))]
                },
                PublishDocumentAggregateHandler.Handle, Spec.Operator)
            .ThenViolates("element_missing", element);

    [Fact]
    public void a_passage_that_the_text_does_not_contain_is_no_passage() =>
        Spec.Given<ConsentDocument>().When(
                Hipaa with { Text = "Nothing of it." }, PublishDocumentAggregateHandler.Handle, Spec.Operator)
            .ThenViolates("passage_not_in_text", "passages");

    [Fact]
    public void publishing_twice_changes_nothing_and_another_text_under_the_same_version_is_refused()
    {
        var once = Published(Hipaa);
        Published(Hipaa, once).ShouldBeEmpty();
        Should.Throw<RuleViolation>(() => Published(Hipaa with { Text = Hipaa.Text + " Really." }, once)).Code.ShouldBe("document_exists");
    }

    [Fact]
    public void a_language_never_goes_back()
    {
        var second = Published(Hipaa with { Version = 2 });
        Should.Throw<RuleViolation>(() => Published(Hipaa, second)).Code.ShouldBe("version_passed");
    }

    [Fact, Trait("Scenario", "T6")]
    public void who_reads_french_gets_the_newest_french_text_and_never_a_newer_english_one()
    {
        var document = Spec.Fold<ConsentDocument>(
            [.. Published(Hipaa), .. Published(Hipaa with { Language = "fr" }), .. Published(Hipaa with { Version = 2 })])!;
        document.Newest("fr")!.Version.ShouldBe(1);
        document.Newest("en")!.Version.ShouldBe(2);
    }

    [Fact]
    public void a_retired_text_is_put_before_nobody()
    {
        var document = Spec.Fold<ConsentDocument>([.. Published(Hipaa), new DocumentRetired("sharing", 1, "en")])!;
        document.Newest("en").ShouldBeNull();
        var proposal = new ProposeConsent(Some.Client, "d", document.Texts[0].Reference, [Some.Sharing]);
        Spec.Given<ClientConsents>().When(proposal, ProposeConsentAggregateHandler.Handle, new ProposalFacts(Spec.Therapist, document))
            .ThenViolates("document_retired", "document.version");
    }

    [Fact]
    public void only_what_was_published_is_proposed_and_only_as_it_was()
    {
        var document = Spec.Fold<ConsentDocument>(Published(Hipaa))!;
        var proposal = new ProposeConsent(Some.Client, "d", document.Texts[0].Reference, [Some.Sharing]);
        void Violates(ProposeConsent command, string code) => Spec.Given<ClientConsents>()
            .When(command, ProposeConsentAggregateHandler.Handle, new ProposalFacts(Spec.Therapist, document)).ThenViolates(code);
        Violates(proposal with { Document = proposal.Document with { Version = 2 } }, "document_unknown");
        Violates(proposal with { Document = proposal.Document with { Language = "fr" } }, "document_unknown");
        Violates(proposal with { Document = proposal.Document with { ContentHash = Some.Hash } }, "document_differs");
    }

    [Fact]
    public void addiction_records_need_a_document_that_says_what_part_2_demands()
    {
        var document = Spec.Fold<ConsentDocument>(Published(Hipaa))!;
        var scope = Some.Sharing with { Disclosure = Some.ToHarbour with { Sensitivity = ["MH", "SUD"] } };
        Spec.Given<ClientConsents>().When(
                new ProposeConsent(Some.Client, "d", document.Texts[0].Reference, [scope]), ProposeConsentAggregateHandler.Handle,
                new ProposalFacts(Spec.Therapist, document))
            .ThenViolates("part2_consent_needed", "document");
    }

    private static readonly GrantConsent Grant = new(Some.Client, "d", Some.Self, Some.Signature, Some.Now, Some.Now.AddYears(1));

    private static Outcome Granting(string type, ConsentScope[] scopes, GrantConsent grant, params string[] elements)
    {
        var document = ConsentDocument.Create(new DocumentPublished(
            "doc-1", 2, "en-GB", type, "All.", Some.Hash, [.. elements.Select(e => new ElementPassage(e, "All."))], ReconsentPolicies.None));
        return Spec.Given<ClientConsents>(new ConsentProposed(Some.Client, "d", 1, Some.Document, scopes, type))
            .When(grant, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.ClientActor, document));
    }

    [Theory, MemberData(nameof(TextElements)), Trait("Scenario", "T7")]
    public void a_grant_on_a_text_without_a_mandatory_element_is_refused_by_name(string type, string element) =>
        Granting(type, [Some.Sharing], Grant, [.. MandatoryElements.OfText(type).Where(e => e != element)])
            .ThenViolates("element_missing", element);

    [Fact, Trait("Scenario", "T7")]
    public void an_authorisation_without_an_end_is_refused_by_name()
    {
        Granting(DocumentTypes.HipaaAuthorization, [Some.Sharing], Grant with { ExpiresAt = null }, [.. DocumentElements.All])
            .ThenViolates("element_missing", DocumentElements.Expiry);
        Granting(DocumentTypes.HipaaAuthorization, [Some.Sharing], Grant with { ExpiresAt = null, ExpiryEvent = "end-of-treatment" }, [.. DocumentElements.All])
            .Events.Length.ShouldBe(1);
        Granting(DocumentTypes.HipaaAuthorization, [Some.Treatment], Grant, [.. DocumentElements.All])
            .ThenViolates("element_missing", DocumentElements.Recipient);
    }

    [Fact]
    public void under_part_2_no_end_will_do_for_treatment_and_for_nothing_else()
    {
        Granting(DocumentTypes.Part2Consent, [Some.Sharing], Grant with { ExpiresAt = null }, [.. DocumentElements.All]).Events.Length.ShouldBe(1);
        Granting(DocumentTypes.Part2Consent, [Some.Sharing with { Disclosure = Some.ToHarbour with { Purpose = "HLEGAL" } }], Grant with { ExpiresAt = null }, [.. DocumentElements.All])
            .ThenViolates("element_missing", DocumentElements.Expiry);
    }

    [Fact]
    public void a_denial_needs_nothing_of_what_lets_something_out() =>
        Granting(DocumentTypes.HipaaAuthorization, [Some.Deny()], Grant with { ExpiresAt = null }, [.. DocumentElements.All]).Events.Length.ShouldBe(1);

    [Fact, Trait("Scenario", "T5")]
    public void who_agreed_to_an_earlier_text_is_asked_again_and_the_earlier_one_gets_its_end()
    {
        var text = Some.Texts.Texts[0] with { Version = 3, ContentHash = Some.OtherHash };
        var until = Some.Now.AddDays(30);
        var command = new RequireReconsent(Some.Client, Some.Directive, text, until);
        var given = Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted());
        given.When(command, RequireReconsentAggregateHandler.Handle, Spec.Service).Then(
            new ConsentProposed(Some.Client, "dir-1-v3", 1, text.Reference, [Some.Treatment, Some.Video], text.DocumentType, Some.Directive),
            new ReconsentRequired(Some.Client, Some.Directive, 3, text.Reference, "dir-1-v3", until));

        var state = Spec.Fold<ClientConsents>([Some.Proposed(), Some.Granted(), .. given.When(command, RequireReconsentAggregateHandler.Handle, Spec.Service).Events])!;
        RequireReconsentAggregateHandler.Handle(command, state, Spec.Service, Some.Now).ShouldBeEmpty();
        state.Find(Some.Directive)!.IsActiveAt(until.AddTicks(-1)).ShouldBeTrue();
        state.Find(Some.Directive)!.IsActiveAt(until).ShouldBeFalse();
        // what was signed stays as it was signed
        state.Find(Some.Directive)!.Document.ShouldBe(Some.Document);

        // and agreeing anew ends the earlier one at once
        var granted = GrantConsentAggregateHandler.Handle(
            new GrantConsent(Some.Client, "dir-1-v3", Some.Self, Some.Signature, Some.Now), state,
            new GrantFacts(Spec.ClientActor, Some.Texts with { Texts = [text] }), Some.Now);
        granted[1].ShouldBeOfType<ConsentSuperseded>().By.ShouldBe("dir-1-v3");
    }

    [Fact, Trait("Scenario", "T5")]
    public void a_third_text_is_put_before_who_has_not_answered_the_second()
    {
        static DocumentText Text(int version) => Some.Texts.Texts[0] with { Version = version, ContentHash = Some.OtherHash };
        static object[] Asked(object[] events, string directive, int version, DateTimeOffset until, DateTimeOffset? at = null) =>
            RequireReconsentAggregateHandler.Handle(new RequireReconsent(Some.Client, directive, Text(version), until), Spec.Fold<ClientConsents>(events), Spec.Service, at ?? Some.Now);
        var (soon, later) = (Some.Now.AddDays(10), Some.Now.AddDays(30));
        object[] second = [Some.Proposed(), Some.Granted()];
        second = [.. second, .. Asked(second, Some.Directive, 3, soon)];
        // the earlier of the two ends counts
        var third = Asked(second, Some.Directive, 4, later);
        third[0].ShouldBeOfType<ConsentProposed>().DirectiveId.ShouldBe("dir-1-v4");
        third[1].ShouldBeOfType<ReconsentRequired>().Until.ShouldBe(soon);
        Asked([.. second, .. third], "dir-1-v3", 4, later).ShouldBeEmpty();
        Asked([.. second, .. third], Some.Directive, 4, later).ShouldBeEmpty();
        // while the first one holds, it is the one that is asked about
        Asked(second, "dir-1-v3", 4, later).ShouldBeEmpty();
        // and when it holds no longer, the question that waits is put again
        second = [.. second, new ConsentExpired(Some.Client, Some.Directive, 4, [Some.Treatment, Some.Video], "date", soon)];
        var again = Asked(second, "dir-1-v3", 4, later, soon).Single().ShouldBeOfType<ConsentProposed>();
        (again.DirectiveId, again.Replaces).ShouldBe(("dir-1-v4", Some.Directive));
        Asked([.. second, again], "dir-1-v3", 4, later, soon).ShouldBeEmpty();
    }

    [Fact, Trait("Scenario", "T5")]
    public void who_has_not_answered_the_first_question_is_asked_under_the_new_text_once()
    {
        object[] Asked(object[] events, string directive, int version) => RequireReconsentAggregateHandler.Handle(
            new RequireReconsent(Some.Client, directive, Some.Texts.Texts[0] with { Version = version, ContentHash = Some.OtherHash }, Some.Now),
            Spec.Fold<ClientConsents>(events), Spec.Service, Some.Now);
        object[] events = [Some.Proposed()];
        events = [.. events, .. Asked(events, Some.Directive, 3)];
        var second = events[1].ShouldBeOfType<ConsentProposed>();
        (second.DirectiveId, second.Document.Version, second.Replaces).ShouldBe(("dir-1-v3", 3, null));
        Asked(events, Some.Directive, 3).ShouldBeEmpty();
        // the next text is asked about in place of the second, not of the first
        Asked(events, Some.Directive, 4).ShouldBeEmpty();
        Asked(events, "dir-1-v3", 4).Single().ShouldBeOfType<ConsentProposed>().DirectiveId.ShouldBe("dir-1-v3-v4");
    }

    [Fact, Trait("Scenario", "T5")]
    public void a_text_that_counts_at_once_ends_the_earlier_agreement_at_once()
    {
        var text = Some.Texts.Texts[0] with { Version = 3 };
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(new RequireReconsent(Some.Client, Some.Directive, text, Some.Now.AddMinutes(-1)), RequireReconsentAggregateHandler.Handle, Spec.Service)
            .Events.Last().ShouldBeOfType<ConsentExpired>().EffectiveAt.ShouldBe(Some.Now);
    }

    [Fact]
    public void nobody_agrees_to_an_earlier_text_after_everybody_was_asked_anew()
    {
        var document = Some.Texts with { Texts = [Some.Texts.Texts[0], Some.Texts.Texts[0] with { Version = 3, Reconsent = ReconsentPolicies.AtOnce }] };
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(Grant with { DirectiveId = Some.Directive }, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.ClientActor, document))
            .ThenViolates("document_superseded", "directiveId");
    }
}
