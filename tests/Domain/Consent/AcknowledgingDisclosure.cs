using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class AcknowledgingDisclosure
{
    private static readonly Actor Harbour = new("north.harbour", Roles.ClinicSystem, "north");
    private static readonly AcknowledgeDisclosure Right = new("disc-1", Some.Hash);
    private static readonly AcknowledgeDisclosure Wrong = new("disc-1", Some.OtherHash);
    private static readonly DisclosureDelivered Delivered = new("disc-1", Some.Client, "harbour", Some.Hash);
    private static readonly DisclosureDeliveryFailed Failed =
        new("disc-1", Some.Client, "harbour", "content_hash_differs");

    private static Given<Disclosure> Released(params object[] more) =>
        Spec.Given<Disclosure>([Some.Requested, Some.Permitted, Some.Made, .. more]);

    [Fact]
    public void the_hash_of_what_was_released_proves_delivery() =>
        Released().When(Right, AcknowledgeDisclosureAggregateHandler.Handle, Harbour).Then(Delivered);

    [Fact]
    public void another_hash_is_a_failed_delivery() =>
        Released().When(Wrong, AcknowledgeDisclosureAggregateHandler.Handle, Harbour).Then(Failed);

    [Fact]
    public void acknowledging_twice_changes_nothing()
    {
        Released(Delivered).When(Right, AcknowledgeDisclosureAggregateHandler.Handle, Harbour).ThenNothing();
        Released(Failed).When(Wrong, AcknowledgeDisclosureAggregateHandler.Handle, Harbour).ThenNothing();
    }

    [Fact]
    public void an_acknowledgement_is_not_revised()
    {
        Released(Delivered).When(Wrong, AcknowledgeDisclosureAggregateHandler.Handle, Harbour)
            .ThenViolates("disclosure_already_acknowledged", "contentHash");
        Released(Failed).When(Right, AcknowledgeDisclosureAggregateHandler.Handle, Harbour)
            .ThenViolates("disclosure_already_acknowledged", "contentHash");
    }

    [Fact]
    public void what_was_not_released_cannot_be_acknowledged() =>
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted)
            .When(Right, AcknowledgeDisclosureAggregateHandler.Handle, Harbour)
            .ThenViolates("disclosure_not_released", "disclosureId");

    [Fact]
    public void only_the_recipient_acknowledges()
    {
        Released().When(Right, AcknowledgeDisclosureAggregateHandler.Handle, Spec.Ehr)
            .ThenViolates("disclosure_unknown", "disclosureId");
        Spec.Given<Disclosure>().When(Right, AcknowledgeDisclosureAggregateHandler.Handle, Harbour)
            .ThenViolates("disclosure_unknown", "disclosureId");
    }

    [Fact]
    public void every_field_is_checked_by_name()
    {
        var validator = new AcknowledgeDisclosureValidator();
        validator.Validate(Right).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Right with { DisclosureId = "" }, "DisclosureId");
        validator.ShouldBeInvalid(Right with { ContentHash = Some.Hash.ToUpperInvariant() }, "ContentHash");
    }
}
