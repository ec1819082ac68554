using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class ProposeConsentValidator : AbstractValidator<ProposeConsent>
{
    private static readonly string[] Alone =
        [ScopeKinds.PsychotherapyNotes, ScopeKinds.SudCounselingNotes, ScopeKinds.LegalProceedings];

    public ProposeConsentValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.DirectiveId).MustBeId();
        RuleFor(c => c.Document).NotNull().SetValidator(new DocumentReferenceValidator());
        RuleFor(c => c.Replaces).MustBeId().When(c => c.Replaces is not null);
        RuleFor(c => c.Scopes).MustHaveLength(1, 20);
        RuleForEach(c => c.Scopes).NotNull().SetValidator(new ConsentScopeValidator());

        // Domain rule 2.2.3: treatment must not depend on signing these, so they never share a signature with it.
        RuleFor(c => c.Scopes)
            .Must(scopes => scopes is null or { Length: 1 } || !scopes.Any(s => Alone.Contains(s?.Kind)))
            .WithMessage($"{string.Join(", ", Alone)} each need a directive of their own");

        // They end differently: permits with one word for all of them, denials by name only.
        RuleFor(c => c.Scopes)
            .Must(scopes => scopes is null || scopes.Select(s => s?.Disclosure is { Denies: true }).Distinct().Count() < 2)
            .WithMessage("what is forbidden needs a directive of its own");
    }
}

public sealed class DocumentReferenceValidator : AbstractValidator<DocumentReference>
{
    public DocumentReferenceValidator()
    {
        RuleFor(d => d.Id).MustBeId();
        RuleFor(d => d.Version).InclusiveBetween(1, 100_000);
        RuleFor(d => d.Language).MustBeLanguage();
        RuleFor(d => d.ContentHash).MustBeHash();
    }
}

/// <summary>The document the proposal names, with all its versions; null when nobody has published it.</summary>
/// <param name="Recipients">Those of the recipients named that are registered.</param>
public sealed record ProposalFacts(Actor By, ConsentDocument? Document, IReadOnlyCollection<Recipient>? Recipients = null);

public static class ProposeConsentAggregateHandler
{
    public static object[] Handle(ProposeConsent command, ClientConsents? state, ProposalFacts facts, DateTimeOffset now)
    {
        var by = facts.By;
        if (by.Role is not (Roles.Therapist or Roles.Supervisor or Roles.ClinicSystem or Roles.Service))
            throw new RuleViolation(
                "role_not_permitted", "Consent is proposed by a clinician, a clinic system or a service.");

        if (state?.Find(command.DirectiveId) is { } known)
            return known.Document == command.Document && Same(known.Scopes, command.Scopes)
                ? []
                : throw new RuleViolation(
                    "directive_exists", "A directive's text and scopes never change.", "directiveId");

        var text = facts.Document?.Find(command.Document.Version, command.Document.Language);
        if (text is null)
            throw new RuleViolation("document_unknown", "This version was not published in this language.", "document");
        if (text.ContentHash != command.Document.ContentHash)
            throw new RuleViolation("document_differs", "The text published has another hash.", "document.contentHash");
        if (text.Retired) throw new RuleViolation("document_retired", "This version is no longer put before anybody.", "document.version");
        if (command.Replaces is not null && state?.Find(command.Replaces) is null)
            throw new RuleViolation("directive_unknown", "The client has no directive that this one could replace.", "replaces");
        if (command.Replaces is not null && state?.Find(command.Replaces) is { Forbids: true })
            throw new RuleViolation("denial_not_replaced", "What the client forbids ends when the client withdraws it by name.", "replaces");

        // Addiction records leave only under a consent that says what 42 CFR 2.31 demands.
        if (text.DocumentType != DocumentTypes.Part2Consent
            && command.Scopes.Any(s => s.Kind == ScopeKinds.SudCounselingNotes || s.Disclosure is { Denies: false } d && d.Sensitivity.Contains("SUD")))
            throw new RuleViolation("part2_consent_needed", "What is labelled SUD needs a document of type part2-consent.", "document");

        foreach (var scope in command.Scopes.Select(s => s.Disclosure).OfType<DisclosureScope>().Where(d => !d.Denies))
            CheckOnward(scope, facts.Recipients?.FirstOrDefault(r => r.RecipientId == scope.RecipientId), text.DocumentType);

        return
        [
            new ConsentProposed(
                command.ClientId, command.DirectiveId, 1, command.Document, command.Scopes, text.DocumentType, command.Replaces)
        ];
    }

    /// <summary>42 CFR 2.31(a)(4)(ii): an intermediary with its participants by name, or those who treat the client; nobody else gives on.</summary>
    private static void CheckOnward(DisclosureScope scope, Recipient? recipient, string documentType)
    {
        if (scope.Onward is null)
        {
            if (recipient is { Intermediary: true } && documentType == DocumentTypes.Part2Consent)
                throw new RuleViolation("participants_missing", "Who names an intermediary says to whom it may give records on.", "scopes");
            return;
        }
        if (recipient is not { Intermediary: true })
            throw new RuleViolation("intermediary_needed", "Only a recipient that is registered as an intermediary gives records on.", "scopes");
        if (!scope.Onward.Contains(DisclosureScope.TreatingProviders) && scope.Onward.Any(id => recipient.Find(id) is null))
            throw new RuleViolation("participant_unknown", "Nobody has reported this participant of the intermediary.", "scopes");
    }

    // Records compare arrays by reference; their JSON is what the client saw and what is stored.
    private static bool Same(ConsentScope[] one, ConsentScope[] other) =>
        JsonSerializer.Serialize(one, ContractJson.Options) == JsonSerializer.Serialize(other, ContractJson.Options);
}
