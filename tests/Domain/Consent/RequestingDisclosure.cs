using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class RequestingDisclosure
{
    private static readonly Actor HarbourSystem = new("north.harbour", Roles.ClinicSystem, "north");
    private static readonly DisclosureFacts Facts = new(HarbourSystem, Some.Sharer(), Some.Harbour);
    private readonly RequestDisclosureValidator validator = new();

    [Fact]
    public void a_covered_request_is_recorded_and_permitted() =>
        Spec.Given<Disclosure>().When(Some.Request, RequestDisclosureAggregateHandler.Handle, Facts)
            .Then(Some.Requested, Some.Permitted);

    [Fact]
    public void an_uncovered_request_is_recorded_and_denied() =>
        Spec.Given<Disclosure>()
            .When(Some.Request, RequestDisclosureAggregateHandler.Handle, Facts with { Consents = null })
            .Then(Some.Requested, new DisclosureDenied("disc-1", Some.Client, "harbour", "no_consent", DisclosureDecision.PolicyVersion));

    [Fact]
    public void a_denial_names_the_directive_it_rests_on() =>
        Spec.Given<Disclosure>()
            .When(
                Some.Request, RequestDisclosureAggregateHandler.Handle,
                Facts with { Consents = Some.Sharer().Apply(Some.Withdrawn(scopes: [Some.Sharing])) })
            .Then(
                Some.Requested,
                new DisclosureDenied("disc-1", Some.Client, "harbour", "consent_withdrawn", DisclosureDecision.PolicyVersion, Some.Directive, 3));

    [Fact]
    public void asking_twice_changes_nothing_whatever_the_consents_are_now() =>
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Some.Request, RequestDisclosureAggregateHandler.Handle, Facts with { Consents = null }).ThenNothing();

    [Fact]
    public void one_id_is_one_request() =>
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Some.Request with { Categories = ["measures"] }, RequestDisclosureAggregateHandler.Handle, Facts)
            .ThenViolates("disclosure_exists", "disclosureId");

    [Fact]
    public void an_unregistered_recipient_gets_nothing_not_even_a_record() =>
        Spec.Given<Disclosure>()
            .When(Some.Request, RequestDisclosureAggregateHandler.Handle, Facts with { Recipient = null })
            .ThenViolates("recipient_unknown", "recipientId");

    [Fact]
    public void nobody_asks_in_another_recipients_name()
    {
        Spec.Given<Disclosure>()
            .When(Some.Request, RequestDisclosureAggregateHandler.Handle, Facts with { By = Spec.Ehr })
            .ThenViolates("recipient_unknown", "recipientId");
        Spec.Given<Disclosure>()
            .When(Some.Request with { RecipientId = "pier" }, RequestDisclosureAggregateHandler.Handle, Facts)
            .ThenViolates("recipient_unknown", "recipientId");
    }

    [Fact]
    public void every_field_is_checked_by_name()
    {
        validator.Validate(Some.Request).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Some.Request with { DisclosureId = "" }, "DisclosureId");
        validator.ShouldBeInvalid(Some.Request with { ClientId = "A" }, "ClientId");
        validator.ShouldBeInvalid(Some.Request with { RecipientId = null! }, "RecipientId");
        validator.ShouldBeInvalid(Some.Request with { Purpose = "treat" }, "Purpose");
        validator.ShouldBeInvalid(Some.Request with { PurposeStatement = "" }, "PurposeStatement");
        validator.ShouldBeInvalid(Some.Request with { PurposeStatement = new string('x', 501) }, "PurposeStatement");
        validator.ShouldBeInvalid(Some.Request with { Categories = [] }, "Categories");
        validator.ShouldBeInvalid(Some.Request with { Categories = [.. Enumerable.Repeat("a", 21)] }, "Categories");
        validator.ShouldBeInvalid(Some.Request with { Categories = ["a", "*"] }, "Categories[1]");
        validator.ShouldBeInvalid(Some.Request with { PeriodFrom = default }, "PeriodFrom");
        validator.ShouldBeInvalid(Some.Request with { PeriodTo = DateOnly.MaxValue }, "PeriodTo");
        validator.ShouldBeInvalid(Some.Request with { PeriodTo = new(2025, 12, 31) }, "PeriodTo");
        validator.ShouldBeInvalid(Some.Request with { LegalBasis = "curiosity" }, "LegalBasis");
    }
}
