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
        RuleFor(c => c.Scopes).MustHaveLength(1, 20);
        RuleForEach(c => c.Scopes).NotNull().SetValidator(new ConsentScopeValidator());

        // Domain rule 2.2.3: treatment must not depend on signing these, so they never share a signature with it.
        RuleFor(c => c.Scopes)
            .Must(scopes => scopes is null or { Length: 1 } || !scopes.Any(s => Alone.Contains(s?.Kind)))
            .WithMessage($"{string.Join(", ", Alone)} each need a directive of their own");
    }
}

public sealed class DocumentReferenceValidator : AbstractValidator<DocumentReference>
{
    public DocumentReferenceValidator()
    {
        RuleFor(d => d.Id).MustBeId();
        RuleFor(d => d.Version).InclusiveBetween(1, 100_000);
        RuleFor(d => d.Language).Matches(@"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z").NotNull();
        RuleFor(d => d.ContentHash).MustBeHash();
    }
}

public static class ProposeConsentAggregateHandler
{
    public static object[] Handle(ProposeConsent command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Therapist or Roles.Supervisor or Roles.ClinicSystem or Roles.Service))
            throw new RuleViolation(
                "role_not_permitted", "Consent is proposed by a clinician, a clinic system or a service.");

        if (state?.Find(command.DirectiveId) is { } known)
            return known.Document == command.Document && Same(known.Scopes, command.Scopes)
                ? []
                : throw new RuleViolation(
                    "directive_exists", "A directive's text and scopes never change.", "directiveId");

        return [new ConsentProposed(command.ClientId, command.DirectiveId, 1, command.Document, command.Scopes)];
    }

    // Records compare arrays by reference; their JSON is what the client saw and what is stored.
    private static bool Same(ConsentScope[] one, ConsentScope[] other) =>
        JsonSerializer.Serialize(one, ContractJson.Options) == JsonSerializer.Serialize(other, ContractJson.Options);
}
