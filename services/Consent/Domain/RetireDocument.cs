using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RetireDocumentValidator : AbstractValidator<RetireDocument>
{
    public RetireDocumentValidator()
    {
        RuleFor(c => c.DocumentId).MustBeId();
        RuleFor(c => c.Version).InclusiveBetween(1, 100_000);
        RuleFor(c => c.Language).MustBeLanguage();
    }
}

public static class RetireDocumentAggregateHandler
{
    public static object[] Handle(RetireDocument command, ConsentDocument? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not Roles.Operator)
            throw new RuleViolation("role_not_permitted", "Consent documents are retired by an operator.");
        var text = state?.Find(command.Version, command.Language)
            ?? throw new RuleViolation("document_unknown", "There is no such version in this language.", "version");
        return text.Retired ? [] : [new DocumentRetired(command.DocumentId, command.Version, command.Language)];
    }
}
