using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class RefusingConsent
{
    private static readonly RefuseConsent Refuse = new(Some.Client, Some.Directive);
    private readonly RefuseConsentValidator validator = new();

    [Fact]
    public void a_proposal_can_be_refused_without_a_reason() =>
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(Refuse, RefuseConsentAggregateHandler.Handle, Spec.ClientActor).Then(Some.Refused());

    [Fact]
    public void refusing_twice_changes_nothing() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Refused())
            .When(Refuse, RefuseConsentAggregateHandler.Handle, Spec.ClientActor).ThenNothing();

    [Fact]
    public void what_was_never_proposed_cannot_be_refused() =>
        Spec.Given<ClientConsents>()
            .When(Refuse, RefuseConsentAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("directive_unknown", "directiveId");

    [Fact]
    public void what_was_given_is_withdrawn_instead() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(Refuse, RefuseConsentAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("consent_active", "directiveId");

    [Fact]
    public void what_was_withdrawn_is_over() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Withdrawn(version: 2))
            .When(Refuse, RefuseConsentAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("consent_withdrawn", "directiveId");

    [Fact]
    public void no_service_refuses_for_a_client() =>
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(Refuse, RefuseConsentAggregateHandler.Handle, Spec.Service).ThenViolates("role_not_permitted");

    [Fact]
    public void every_field_is_checked_by_name()
    {
        validator.Validate(Refuse).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Refuse with { ClientId = "" }, "ClientId");
        validator.ShouldBeInvalid(Refuse with { DirectiveId = "a b" }, "DirectiveId");
    }
}
