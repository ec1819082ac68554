using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

/// <summary>
/// The recipient fetches what it was permitted. The release endpoint's own command, so not a contract: content leaves over
/// HTTP only.
/// </summary>
public sealed record ReleaseDisclosure(string DisclosureId);

public sealed class ReleaseDisclosureValidator : AbstractValidator<ReleaseDisclosure>
{
    public ReleaseDisclosureValidator() => RuleFor(c => c.DisclosureId).MustBeId();
}

/// <summary>What the release reads. Append with the client's consents as guard, at the version read here.</summary>
/// <param name="ContentHash">Keyed hash of the content that is about to leave.</param>
/// <param name="Description">What it is, in words an accounting shows to the client.</param>
/// <param name="Linked">Consents of other client ids of the same person, guarded alike.</param>
/// <param name="Notice">Id of the notice against redisclosure in the package, if there is one.</param>
/// <param name="ConsentCopyHash">Hash of the copy of the consent in the package, if there is one.</param>
/// <param name="Labels">The labels the content was assembled with.</param>
/// <param name="Removed">The labels because of which items were left out of it.</param>
/// <param name="Under">What it was assembled under; null when nothing was.</param>
public sealed record ReleaseFacts(
    Actor By, ClientConsents? Consents, Recipient? Recipient, string ContentHash, string Description, string[]? Labels = null,
    string[]? Removed = null, IReadOnlyCollection<ClientConsents>? Linked = null, string? Notice = null, string? ConsentCopyHash = null,
    AssembledUnder? Under = null);

/// <summary>Under which directive a package was assembled, and to whose key it was encrypted.</summary>
public sealed record AssembledUnder(string DirectiveId, int DirectiveVersion, string RecipientKey)
{
    public static AssembledUnder Of(DisclosureDecision decision, string recipientKey) =>
        new(decision.Directive?.Id ?? RequestDisclosureAggregateHandler.NoDirective, decision.Directive?.Version ?? 0, recipientKey);
}

public static class ReleaseDisclosureAggregateHandler
{
    public static object[] Handle(ReleaseDisclosure command, Disclosure? state, ReleaseFacts facts, DateTimeOffset now)
    {
        if (state is null)
            throw new RuleViolation("disclosure_unknown", "There is no such disclosure.", "disclosureId");
        if (facts.By.Role is not (Roles.Service or Roles.Therapist or Roles.Supervisor)
            && facts.By.Id != state.Request.RequestedBy)
            throw new RuleViolation(
                "role_not_permitted", "A disclosure is released to its recipient or by a clinician.");

        switch (state.Status)
        {
            case DisclosureStatus.Released or DisclosureStatus.Delivered or DisclosureStatus.DeliveryFailed:
                return [];
            case not DisclosureStatus.Permitted:
                throw new RuleViolation(
                    "disclosure_not_permitted", "Only a permitted disclosure can be released.", "disclosureId");
        }

        var request = state.Request;
        if (facts.Recipient is not { } recipient || recipient.RecipientId != request.RecipientId)
            throw new RuleViolation("recipient_unknown", "Records are disclosed only to a registered recipient.");

        // The permit may be old; only what holds now lets anything out.
        var decision = DisclosureDecision.Evaluate(facts.Consents, request, now, facts.Linked);
        if (!decision.IsPermitted)
            return
            [
                new DisclosureCancelled(
                    request.DisclosureId, request.ClientId, request.RecipientId, decision.ReasonCode!)
            ];

        if (recipient.PublicKey is null)
            throw new RuleViolation("recipient_key_missing", "Packages are encrypted; the recipient has no key to encrypt to.");

        // What the ledger says was released is what was assembled: the same directive in the same version, to the key of now.
        if (facts.Under != AssembledUnder.Of(decision, recipient.PublicKey))
            throw new RuleViolation("package_outdated", "Consent or the recipient's key changed meanwhile; nothing was released. Ask again.");

        if (!recipient.IsNamedWhollyBy(decision.Directive))
            throw new RuleViolation("participants_missing", "The consent does not say to whom this intermediary may give records on; nothing was released.");

        // 42 CFR 2.32: without both, nothing of Part 2 leaves (T21).
        var directive = decision.Directive;
        if (NeedsNotice(request, decision) && (facts.Notice is null || (directive is not null && facts.ConsentCopyHash is null)))
            throw new RuleViolation("notice_missing", "A disclosure under 42 CFR Part 2 carries the notice and a copy of the consent; nothing was released.");

        // Consent changed between assembling and releasing, and now covers less or other labels: what was assembled is not it.
        if (!decision.Labels.SequenceEqual(facts.Labels ?? []))
            throw new RuleViolation("labels_changed", "Consent changed meanwhile; nothing was released. Ask again.");

        return
        [
            new DisclosureMade(
                request.DisclosureId, request.ClientId, request.RecipientId, recipient.Name, recipient.Address,
                facts.Description, request.PurposeStatement, request.Purpose, request.LegalBasis,
                directive?.Id ?? RequestDisclosureAggregateHandler.NoDirective, directive?.Version ?? 0,
                directive?.Document.Id ?? RequestDisclosureAggregateHandler.NoDirective, directive?.Document.Version ?? 0,
                DisclosureDecision.PolicyVersion, facts.ContentHash, facts.By.Id, now, facts.Notice, facts.ConsentCopyHash,
                request.BasisReference, state.Approver, Sealed: true),
            .. facts.Removed is { Length: > 0 } removed
                ? (object[])
                [
                    new DisclosureRedacted(
                        request.DisclosureId, request.ClientId, request.RecipientId, removed,
                        directive?.Id ?? RequestDisclosureAggregateHandler.NoDirective, directive?.Version ?? 0, DisclosureDecision.PolicyVersion)
                ]
                : []
        ];
    }

    /// <summary>Everything under a Part 2 consent, and whatever may carry addiction records.</summary>
    public static bool NeedsNotice(DisclosureRequested request, DisclosureDecision decision) =>
        decision.Directive?.Is(Clinic.Contracts.Consent.DocumentTypes.Part2Consent) == true || decision.Labels.Contains("SUD");
}
