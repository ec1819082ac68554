using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class AskConsentStatusValidator : AbstractValidator<AskConsentStatus>
{
    public AskConsentStatusValidator()
    {
        RuleFor(c => c.AskId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.DirectiveId).MustBeId();
    }
}

public sealed record ConsentStatusFacts(Actor By, ClientConsents? Consents);

public static class AskConsentStatusAggregateHandler
{
    public static object[] Handle(AskConsentStatus command, StatusAnswer? state, ConsentStatusFacts facts, DateTimeOffset now)
    {
        if (state is not null)
            return state.About == $"{command.ClientId}/{command.DirectiveId}"
                ? []
                : throw new RuleViolation("ask_exists", "This id belongs to another question.", "askId");
        var directive = facts.Consents?.Find(command.DirectiveId)
            ?? throw new RuleViolation("directive_unknown", "The client has no such directive.", "directiveId");
        return [new ConsentStatusTold(command.AskId, command.ClientId, directive.Id, directive.Version, Code(directive.Status), directive.HoldsAt(now), now)];
    }

    private static string Code(DirectiveStatus status) => status == DirectiveStatus.EnteredInError ? "entered-in-error" : status.ToString().ToLowerInvariant();
}
