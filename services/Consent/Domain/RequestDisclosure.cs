using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RequestDisclosureValidator : AbstractValidator<RequestDisclosure>
{
    public RequestDisclosureValidator()
    {
        RuleFor(c => c.DisclosureId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.RecipientId).MustBeId();
        RuleFor(c => c.Purpose).MustBeOneOf(PurposesOfUse.All);
        RuleFor(c => c.PurposeStatement).NotEmpty().MaximumLength(500);
        RuleFor(c => c.Categories).MustHaveLength(1, 20);
        RuleForEach(c => c.Categories).MustBeCode();
        RuleFor(c => c.PeriodFrom).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
        RuleFor(c => c.PeriodTo).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
        RuleFor(c => c.PeriodTo).Must((c, to) => to >= c.PeriodFrom).WithMessage("must not be before periodFrom");
        RuleFor(c => c.LegalBasis).MustBeOneOf([RequestDisclosure.Consent]);
    }
}

/// <summary>What the decision reads. Append with the client's consents as guard, at the version read here.</summary>
/// <param name="Linked">Consents of other client ids of the same person, guarded alike.</param>
public sealed record DisclosureFacts(
    Actor By, ClientConsents? Consents, Recipient? Recipient, IReadOnlyCollection<ClientConsents>? Linked = null);

public static class RequestDisclosureAggregateHandler
{
    public static object[] Handle(
        RequestDisclosure command, Disclosure? state, DisclosureFacts facts, DateTimeOffset now)
    {
        // One answer for both, so that asking tells a stranger nothing about who is registered.
        if (facts.Recipient is not { } recipient || recipient.RecipientId != command.RecipientId
            || recipient.BusUser != facts.By.Id)
            throw new RuleViolation(
                "recipient_unknown", "Records are disclosed only to a registered recipient that asks itself.",
                "recipientId");

        var requested = new DisclosureRequested(
            command.DisclosureId, command.ClientId, command.RecipientId, command.Purpose, command.PurposeStatement,
            command.Categories, command.PeriodFrom, command.PeriodTo, command.LegalBasis, facts.By.Id);

        if (state is not null)
            return Same(state.Request, requested)
                ? []
                : throw new RuleViolation("disclosure_exists", "This id belongs to another request.", "disclosureId");

        return [requested, Answer(requested, DisclosureDecision.Evaluate(facts.Consents, requested, now, facts.Linked))];
    }

    /// <summary>The decision as it is recorded, and cited ever after.</summary>
    public static object Answer(DisclosureRequested request, DisclosureDecision decision) => decision.IsPermitted
        ? new DisclosurePermitted(
            request.DisclosureId, request.ClientId, request.RecipientId, decision.Directive?.Id ?? NoDirective,
            decision.Directive?.Version ?? 0, DisclosureDecision.PolicyVersion)
        : new DisclosureDenied(
            request.DisclosureId, request.ClientId, request.RecipientId, decision.ReasonCode!,
            DisclosureDecision.PolicyVersion, decision.Directive?.Id, decision.Directive?.Version);

    /// <summary>Cited where something other than a directive permits.</summary>
    internal const string NoDirective = "none";

    // Records compare arrays by reference; their JSON is what is stored.
    private static bool Same(DisclosureRequested one, DisclosureRequested other) =>
        JsonSerializer.Serialize(one, ContractJson.Options) == JsonSerializer.Serialize(other, ContractJson.Options);
}
