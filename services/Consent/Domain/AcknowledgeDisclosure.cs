using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class AcknowledgeDisclosureValidator : AbstractValidator<AcknowledgeDisclosure>
{
    public AcknowledgeDisclosureValidator()
    {
        RuleFor(c => c.DisclosureId).MustBeId();
        RuleFor(c => c.ContentHash).MustBeHash();
    }
}

public static class AcknowledgeDisclosureAggregateHandler
{
    public static object[] Handle(AcknowledgeDisclosure command, Disclosure? state, Actor by, DateTimeOffset now)
    {
        // Somebody else's disclosure looks like none at all.
        if (state is null || state.Request.RequestedBy != by.Id)
            throw new RuleViolation(
                "disclosure_unknown", "There is no such disclosure for this recipient.", "disclosureId");

        var request = state.Request;
        var asReleased = command.ContentHash == state.ContentHash;
        return state.Status switch
        {
            DisclosureStatus.Released when asReleased =>
            [
                new DisclosureDelivered(
                    request.DisclosureId, request.ClientId, request.RecipientId, command.ContentHash)
            ],
            DisclosureStatus.Released =>
            [
                new DisclosureDeliveryFailed(
                    request.DisclosureId, request.ClientId, request.RecipientId, "content_hash_differs")
            ],
            DisclosureStatus.Delivered when asReleased => [],
            DisclosureStatus.DeliveryFailed when !asReleased => [],
            DisclosureStatus.Delivered or DisclosureStatus.DeliveryFailed => throw new RuleViolation(
                "disclosure_already_acknowledged", "This disclosure was acknowledged with another content hash.",
                "contentHash"),
            _ => throw new RuleViolation("disclosure_not_released", "Nothing was released yet.", "disclosureId")
        };
    }
}
