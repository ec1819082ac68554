using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class CorrectConsentValidator : AbstractValidator<CorrectConsent>
{
    public CorrectConsentValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.DirectiveId).MustBeId();
        RuleFor(c => c.Reason).NotEmpty().MaximumLength(1000);
    }
}

public static class CorrectConsentAggregateHandler
{
    public static object[] Handle(CorrectConsent command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        var directive = state?.Find(command.DirectiveId)
            ?? throw new RuleViolation("directive_unknown", "The client has no such directive.", "directiveId");
        return directive.Status == DirectiveStatus.EnteredInError
            ? []
            : [new ConsentEnteredInError(command.ClientId, directive.Id, directive.Version + 1, directive.Scopes, command.Reason)];
    }
}
