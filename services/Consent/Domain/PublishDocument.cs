using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class PublishDocumentValidator : AbstractValidator<PublishDocument>
{
    public PublishDocumentValidator()
    {
        RuleFor(c => c.DocumentId).MustBeId();
        RuleFor(c => c.Version).InclusiveBetween(1, 100_000);
        RuleFor(c => c.Language).MustBeLanguage();
        RuleFor(c => c.DocumentType).MustBeOneOf(DocumentTypes.All);
        RuleFor(c => c.Text).NotEmpty().MaximumLength(40_000);
        RuleFor(c => c.Passages).MustHaveLength(0, 50);
        RuleForEach(c => c.Passages).NotNull().ChildRules(passage =>
        {
            passage.RuleFor(p => p.Element).MustBeOneOf(DocumentElements.All);
            passage.RuleFor(p => p.Passage).NotEmpty().MaximumLength(2000);
        });
        RuleFor(c => c.Reconsent).MustBeOneOf(ReconsentPolicies.All).When(c => c.Reconsent is not null);
        RuleFor(c => c.ReconsentBy).NotNull().When(c => c.Reconsent == ReconsentPolicies.ByDate);
        RuleFor(c => c.ReconsentBy).Null().When(c => c.Reconsent != ReconsentPolicies.ByDate);
    }
}

public static class PublishDocumentAggregateHandler
{
    public static object[] Handle(PublishDocument command, ConsentDocument? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Operator or Roles.Service))
            throw new RuleViolation("role_not_permitted", "Consent documents are published by an operator.");

        // A passage that is not in the text would make the element a claim.
        if (command.Passages.FirstOrDefault(p => !command.Text.Contains(p.Passage, StringComparison.Ordinal)) is { } absent)
            throw new RuleViolation("passage_not_in_text", $"The text does not say what is given for the element '{absent.Element}'.", "passages");
        var said = command.Passages.Select(p => p.Element).ToArray();
        if (MandatoryElements.OfText(command.DocumentType).FirstOrDefault(element => !said.Contains(element)) is { } missing)
            throw new RuleViolation("element_missing", $"A document of type {command.DocumentType} must say: {missing}.", missing);

        var published = new DocumentPublished(
            command.DocumentId, command.Version, command.Language, command.DocumentType, command.Text, HashOf(command.Text), command.Passages,
            command.Reconsent ?? ReconsentPolicies.None, command.ReconsentBy);
        if (state?.Find(command.Version, command.Language) is { } known)
            return JsonSerializer.Serialize(known, ContractJson.Options) == JsonSerializer.Serialize(
                    ConsentDocument.Create(published).Texts[0] with { Retired = known.Retired }, ContractJson.Options)
                ? []
                : throw new RuleViolation("document_exists", "A published text never changes; publish another version.", "version");
        if (state?.Texts.Where(t => t.Language == command.Language).Any(t => t.Version > command.Version) == true)
            throw new RuleViolation("version_passed", "A later version in this language was published already.", "version");
        if (state?.Texts.Any(t => t.DocumentType != command.DocumentType) == true)
            throw new RuleViolation("document_type_differs", "All versions of a document have one type.", "documentType");
        return [published];
    }

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
