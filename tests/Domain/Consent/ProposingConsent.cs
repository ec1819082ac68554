using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class ProposingConsent
{
    private static readonly ProposeConsent Propose =
        new(Some.Client, Some.Directive, Some.Document, [Some.Treatment, Some.Video]);
    private readonly ProposeConsentValidator validator = new();

    [Fact]
    public void a_first_proposal_starts_the_clients_consents() =>
        Spec.Given<ClientConsents>().When(Propose, ProposeConsentAggregateHandler.Handle, new ProposalFacts(Spec.Therapist, Some.Texts))
            .Then(Some.Proposed());

    [Fact]
    public void a_further_proposal_joins_the_same_stream() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(Propose with { DirectiveId = "dir-2" }, ProposeConsentAggregateHandler.Handle, new ProposalFacts(Spec.Service, Some.Texts))
            .Then(Some.Proposed("dir-2"));

    [Fact]
    public void proposing_twice_changes_nothing() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(Propose, ProposeConsentAggregateHandler.Handle, new ProposalFacts(Spec.Therapist, Some.Texts)).ThenNothing();

    [Fact]
    public void a_directives_text_never_changes() =>
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(
                Propose with { Document = Some.Document with { Version = 3 } }, ProposeConsentAggregateHandler.Handle,
                new ProposalFacts(Spec.Therapist, Some.Texts))
            .ThenViolates("directive_exists", "directiveId");

    [Fact]
    public void a_directives_scopes_never_change() =>
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(Propose with { Scopes = [Some.Treatment] }, ProposeConsentAggregateHandler.Handle, new ProposalFacts(Spec.Therapist, Some.Texts))
            .ThenViolates("directive_exists", "directiveId");

    [Theory]
    [InlineData(Roles.Client)]
    [InlineData(Roles.PeerSupporter)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Operator)]
    public void others_do_not_propose(string role) =>
        Spec.Given<ClientConsents>()
            .When(Propose, ProposeConsentAggregateHandler.Handle, new ProposalFacts(new Actor("x", role, "north"), Some.Texts))
            .ThenViolates("role_not_permitted");

    [Fact]
    public void a_whole_proposal_is_valid() =>
        validator.Validate(Propose with { Scopes = [Some.Treatment, Some.Video, Some.Sharing] }).IsValid.ShouldBeTrue();

    [Fact]
    public void every_field_is_checked_by_name()
    {
        validator.ShouldBeInvalid(Propose with { ClientId = "Ann Lee" }, "ClientId");
        validator.ShouldBeInvalid(Propose with { DirectiveId = "" }, "DirectiveId");
        validator.ShouldBeInvalid(Propose with { Document = null! }, "Document");
        validator.ShouldBeInvalid(Propose with { Document = Some.Document with { Id = "Doc 1" } }, "Document.Id");
        validator.ShouldBeInvalid(Propose with { Document = Some.Document with { Version = 0 } }, "Document.Version");
        validator.ShouldBeInvalid(
            Propose with { Document = Some.Document with { Language = "english!" } }, "Document.Language");
        validator.ShouldBeInvalid(
            Propose with { Document = Some.Document with { Language = null! } }, "Document.Language");
        validator.ShouldBeInvalid(
            Propose with { Document = Some.Document with { ContentHash = "AA" } }, "Document.ContentHash");
        validator.ShouldBeInvalid(Propose with { Scopes = null! }, "Scopes");
        validator.ShouldBeInvalid(Propose with { Scopes = [] }, "Scopes");
        validator.ShouldBeInvalid(Propose with { Scopes = [.. Enumerable.Repeat(Some.Treatment, 21)] }, "Scopes");
        validator.ShouldBeInvalid(Propose with { Scopes = [null!] }, "Scopes[0]");
        validator.ShouldBeInvalid(Propose with { Scopes = [Some.Treatment, new("anything")] }, "Scopes[1].Kind");
    }

    [Theory]
    [InlineData(ScopeKinds.PsychotherapyNotes)]
    [InlineData(ScopeKinds.SudCounselingNotes)]
    [InlineData(ScopeKinds.LegalProceedings)]
    public void these_scopes_need_a_directive_of_their_own(string kind)
    {
        validator.ShouldBeInvalid(Propose with { Scopes = [Some.Treatment, new(kind)] }, "Scopes");
        validator.Validate(Propose with { Scopes = [new(kind)] }).IsValid.ShouldBeTrue();
    }
}
