using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RequestAccessValidator : AbstractValidator<RequestAccess>
{
    public RequestAccessValidator()
    {
        RuleFor(c => c.RequestId).MustBeId();
        // it becomes part of a notification's id
        RuleFor(c => c.RequestId).MaximumLength(57);
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Categories).MustHaveLength(0, 20);
        RuleForEach(c => c.Categories).MustBeCode();
        RuleForEach(c => c.Categories).NotEqual(ScopeKinds.PsychotherapyNotes).WithMessage("are not part of the right of access: 45 CFR 164.524(a)(1)(i)");
    }
}

public static class RequestAccessAggregateHandler
{
    public static object[] Handle(RequestAccess command, AccessRequest? state, Actor by, DateTimeOffset now)
    {
        if (state is null) return [new AccessRequested(command.RequestId, command.ClientId, command.Categories, now + ConsentPolicy.AccessDue)];
        return state.ClientId == command.ClientId && state.Categories.SequenceEqual(command.Categories)
            ? []
            : throw new RuleViolation("access_request_exists", "This id belongs to another request.", "requestId");
    }

    /// <summary>Somebody else's request looks like none.</summary>
    internal static AccessRequest Demand(AccessRequest? state, string clientId) => state is not null && state.ClientId == clientId
        ? state
        : throw new RuleViolation("access_request_unknown", "There is no such request.", "requestId");
}
