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
/// <param name="Labels">The labels the content was assembled with.</param>
/// <param name="Removed">The labels because of which items were left out of it.</param>
public sealed record ReleaseFacts(
    Actor By, ClientConsents? Consents, Recipient? Recipient, string ContentHash, string Description, string[]? Labels = null,
    string[]? Removed = null);

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
        var decision = DisclosureDecision.Evaluate(facts.Consents, request, now);
        if (!decision.IsPermitted)
            return
            [
                new DisclosureCancelled(
                    request.DisclosureId, request.ClientId, request.RecipientId, decision.ReasonCode!)
            ];

        var directive = decision.Directive!;
        // Consent changed between assembling and releasing, and now covers less or other labels: what was assembled is not it.
        if (!decision.LabelsFor(request).SequenceEqual(facts.Labels ?? []))
            throw new RuleViolation("labels_changed", "Consent changed meanwhile; nothing was released. Ask again.");

        return
        [
            new DisclosureMade(
                request.DisclosureId, request.ClientId, request.RecipientId, recipient.Name, recipient.Address,
                facts.Description, request.PurposeStatement, request.Purpose, request.LegalBasis, directive.Id,
                directive.Version, directive.Document.Id, directive.Document.Version, DisclosureDecision.PolicyVersion,
                facts.ContentHash, facts.By.Id, now),
            .. facts.Removed is { Length: > 0 } removed
                ? (object[])
                [
                    new DisclosureRedacted(
                        request.DisclosureId, request.ClientId, request.RecipientId, removed, directive.Id, directive.Version,
                        DisclosureDecision.PolicyVersion)
                ]
                : []
        ];
    }
}
