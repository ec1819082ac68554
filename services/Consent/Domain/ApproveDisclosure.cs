using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class ApproveDisclosureValidator : AbstractValidator<ApproveDisclosure>
{
    public ApproveDisclosureValidator() => RuleFor(c => c.DisclosureId).MustBeId();
}

public static class ApproveDisclosureAggregateHandler
{
    public static object[] Handle(ApproveDisclosure command, Disclosure? state, DisclosureFacts facts, DateTimeOffset now)
    {
        if (state is null) throw new RuleViolation("disclosure_unknown", "There is no such disclosure.", "disclosureId");
        if (state.Request.InitiatedBy is null)
            throw new RuleViolation("approval_not_needed", "What rests on the client's consent is approved by the client.", "disclosureId");
        if (state.Request.InitiatedBy == facts.By.Id)
            throw new RuleViolation("approver_is_requester", "Somebody other than who asked approves.", "disclosureId");
        if (state.Approver is not null) return [];
        var request = state.Request;
        return
        [
            new DisclosureApproved(request.DisclosureId, request.ClientId, request.RecipientId, facts.By.Id),
            RequestDisclosureAggregateHandler.Answer(request, DisclosureDecision.Evaluate(facts.Consents, request, now, facts.Linked))
        ];
    }
}
