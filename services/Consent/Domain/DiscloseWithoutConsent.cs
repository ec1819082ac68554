using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class DiscloseWithoutConsentValidator : AbstractValidator<DiscloseWithoutConsent>
{
    public DiscloseWithoutConsentValidator()
    {
        RuleFor(c => c.DisclosureId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.RecipientId).MustBeId();
        RuleFor(c => c.Purpose).MustBeOneOf(PurposesOfUse.All);
        RuleFor(c => c.PurposeStatement).NotEmpty().MaximumLength(500);
        RuleFor(c => c.Categories).MustHaveLength(1, 20);
        RuleForEach(c => c.Categories).MustBeCode();
        RuleFor(c => c.Labels).MustHaveLength(0, 20);
        RuleForEach(c => c.Labels).MustBeOneOf(SensitivityLabels.All);
        RuleFor(c => c.PeriodFrom).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
        RuleFor(c => c.PeriodTo).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
        RuleFor(c => c.PeriodTo).Must((c, to) => to >= c.PeriodFrom).WithMessage("must not be before periodFrom");
        RuleFor(c => c.LegalBasis).MustBeOneOf(LegalBases.WithoutConsent);
        RuleFor(c => c.BasisReference).MustBeId();
        RuleFor(c => c.BasisHash).MustBeHash();
    }
}

public static class DiscloseWithoutConsentAggregateHandler
{
    public static object[] Handle(DiscloseWithoutConsent command, Disclosure? state, DisclosureFacts facts, DateTimeOffset now)
    {
        if (facts.Recipient is not { } recipient || recipient.RecipientId != command.RecipientId)
            throw new RuleViolation("recipient_unknown", "Records are disclosed only to a registered recipient.", "recipientId");
        var requested = new DisclosureRequested(
            command.DisclosureId, command.ClientId, command.RecipientId, command.Purpose, command.PurposeStatement, command.Categories,
            command.PeriodFrom, command.PeriodTo, command.LegalBasis, recipient.BusUser, command.Labels, facts.By.Id, command.BasisReference,
            command.BasisHash);
        if (state is null) return [requested];
        return JsonSerializer.Serialize(state.Request, ContractJson.Options) == JsonSerializer.Serialize(requested, ContractJson.Options)
            ? []
            : throw new RuleViolation("disclosure_exists", "This id belongs to another request.", "disclosureId");
    }
}
