using Clinic.Contracts.Consent;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>What intake says of clients, however often it arrives.</summary>
public sealed class NotingClients
{
    private static readonly NoteClientLink Linked = new(Some.Client, "client-2", true);

    [Fact, Trait("Scenario", "T26"), Trait("Scenario", "T57")]
    public void a_link_heard_again_changes_nothing() =>
        Spec.Given<ClientConsents>(new ClientLinkNoted(Some.Client, "client-2", true))
            .When(Linked, NoteClientLinkAggregateHandler.Handle, Spec.Service).ThenNothing();

    [Fact]
    public void a_link_may_be_heard_before_anything_else_of_the_client_and_taken_back()
    {
        Spec.Given<ClientConsents>().When(Linked, NoteClientLinkAggregateHandler.Handle, Spec.Service).Then(new ClientLinkNoted(Some.Client, "client-2", true));
        Spec.Given<ClientConsents>(new ClientLinkNoted(Some.Client, "client-2", true))
            .When(Linked with { Linked = false }, NoteClientLinkAggregateHandler.Handle, Spec.Service).Then(new ClientLinkNoted(Some.Client, "client-2", false));
        Spec.Given<ClientConsents>().When(Linked with { Linked = false }, NoteClientLinkAggregateHandler.Handle, Spec.Service).ThenNothing();
    }

    [Fact, Trait("Scenario", "T26")]
    public void a_language_heard_again_changes_nothing() =>
        Spec.Given<ClientConsents>(new ClientLanguageNoted(Some.Client, "fr"))
            .When(new NoteClientLanguage(Some.Client, "fr"), NoteClientLanguageAggregateHandler.Handle, Spec.Service).ThenNothing();

    [Fact]
    public void a_linked_client_without_a_directive_may_still_be_asked() =>
        Spec.Given<ClientConsents>(new ClientLanguageNoted(Some.Client, "en"), new ClientLinkNoted(Some.Client, "client-2", true))
            .When(new ProposeConsent(Some.Client, Some.Directive, Some.Document, [Some.Treatment, Some.Video]), ProposeConsentAggregateHandler.Handle, new ProposalFacts(Spec.Therapist, Some.Texts))
            .Then(Some.Proposed());
}
