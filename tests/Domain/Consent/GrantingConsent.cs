using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class GrantingConsent
{
    private static readonly GrantConsent Grant = new(Some.Client, Some.Directive, Some.Self, Some.Signature, Some.Now);
    private readonly GrantConsentValidator validator = new();

    [Fact]
    public void a_grant_carries_the_proposals_text_and_scopes() =>
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(Grant, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.ClientActor, Some.Texts))
            .Then(Some.Granted());

    [Fact]
    public void nobody_else_signs_as_the_client() =>
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(Grant with { Grantor = new Grantor("sub-1", Grantor.Self) }, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.ClientActor, Some.Texts))
            .ThenViolates("grantor_not_client", "grantor");

    [Fact]
    public void granting_twice_changes_nothing() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(Grant, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts)).ThenNothing();

    [Fact]
    public void what_was_never_proposed_cannot_be_granted()
    {
        Spec.Given<ClientConsents>()
            .When(Grant, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts))
            .ThenViolates("directive_unknown", "directiveId");
        Spec.Given<ClientConsents>(Some.Proposed("dir-2"))
            .When(Grant, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts))
            .ThenViolates("directive_unknown", "directiveId");
    }

    [Fact]
    public void consenting_after_a_refusal_is_a_new_directive() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Refused())
            .When(Grant, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts)).ThenViolates("consent_refused", "directiveId");

    [Fact]
    public void consenting_after_a_withdrawal_is_a_new_directive() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted(), Some.Withdrawn())
            .When(Grant, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts))
            .ThenViolates("consent_withdrawn", "directiveId");

    [Fact]
    public void a_signature_is_not_from_the_future()
    {
        var late = Grant with { Signature = Some.Signature with { SignedAt = Some.Now.AddMinutes(6) } };
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(late, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts))
            .ThenViolates("signed_in_future", "signature.signedAt");
    }

    [Fact]
    public void what_has_expired_already_cannot_be_granted()
    {
        var expired = Grant with { ValidFrom = Some.Now.AddDays(-2), ExpiresAt = Some.Now };
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(expired, GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.Ehr, Some.Texts)).ThenViolates("consent_expired", "expiresAt");
    }

    [Theory]
    [InlineData(Roles.PeerSupporter)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Service)]
    public void no_service_and_no_bystander_consents_for_a_client(string role) =>
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(Grant, GrantConsentAggregateHandler.Handle, new GrantFacts(new Actor("x", role, "north"), Some.Texts))
            .ThenViolates("role_not_permitted");

    [Fact]
    public void a_whole_grant_is_valid() =>
        validator.Validate(Grant with { ExpiresAt = Some.Now.AddYears(1) }).IsValid.ShouldBeTrue();

    [Fact, Trait("Scenario", "T7")]
    public void a_missing_mandatory_element_is_named()
    {
        validator.ShouldBeInvalid(Grant with { Grantor = null! }, "Grantor");
        validator.ShouldBeInvalid(Grant with { Grantor = Some.Self with { Id = "" } }, "Grantor.Id");
        validator.ShouldBeInvalid(Grant with { Grantor = Some.Self with { Relation = "friend" } }, "Grantor.Relation");
        validator.ShouldBeInvalid(Grant with { Signature = null! }, "Signature");
        validator.ShouldBeInvalid(Grant with { Signature = Some.Signature with { Method = "" } }, "Signature.Method");
        validator.ShouldBeInvalid(
            Grant with { Signature = Some.Signature with { SignedAt = default } }, "Signature.SignedAt");
        validator.ShouldBeInvalid(Grant with { Signature = Some.Signature with { Hash = "" } }, "Signature.Hash");
        validator.ShouldBeInvalid(Grant with { ValidFrom = default }, "ValidFrom");
    }

    [Fact]
    public void the_other_fields_are_checked_by_name()
    {
        validator.ShouldBeInvalid(Grant with { ClientId = null! }, "ClientId");
        validator.ShouldBeInvalid(Grant with { DirectiveId = "DIR" }, "DirectiveId");
        validator.ShouldBeInvalid(Grant with { ExpiresAt = DateTimeOffset.MaxValue }, "ExpiresAt");
        validator.ShouldBeInvalid(Grant with { ExpiresAt = Grant.ValidFrom }, "ExpiresAt");
    }
}
