using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class AskDisclosureStatusValidator : AbstractValidator<AskDisclosureStatus>
{
    public AskDisclosureStatusValidator()
    {
        RuleFor(c => c.AskId).MustBeId();
        RuleFor(c => c.DisclosureId).MustBeId();
    }
}

public sealed record DisclosureStatusFacts(Actor By, Disclosure? Disclosure);

public static class AskDisclosureStatusAggregateHandler
{
    public static object[] Handle(AskDisclosureStatus command, StatusAnswer? state, DisclosureStatusFacts facts, DateTimeOffset now)
    {
        if (state is not null)
            return state.About == command.DisclosureId ? [] : throw new RuleViolation("ask_exists", "This id belongs to another question.", "askId");
        // Somebody else's disclosure looks like none.
        if (facts.Disclosure is not { } disclosure || disclosure.Request.RequestedBy != facts.By.Id)
            throw new RuleViolation("disclosure_unknown", "There is no such disclosure.", "disclosureId");
        var request = disclosure.Request;
        return [new DisclosureStatusTold(command.AskId, request.DisclosureId, request.ClientId, request.RecipientId, Code(disclosure.Status))];
    }

    private static string Code(DisclosureStatus status) =>
        status == DisclosureStatus.DeliveryFailed ? "delivery-failed" : status.ToString().ToLowerInvariant();
}
