using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class ExtendAccessValidator : AbstractValidator<ExtendAccess>
{
    public ExtendAccessValidator()
    {
        RuleFor(c => c.RequestId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Reason).NotEmpty().MaximumLength(2000);
    }
}

public static class ExtendAccessAggregateHandler
{
    public static object[] Handle(ExtendAccess command, AccessRequest? state, Actor by, DateTimeOffset now)
    {
        var request = RequestAccessAggregateHandler.Demand(state, command.ClientId);
        if (request.Extended || request.ContentHash is not null) return [];
        if (request.DueAt <= now) throw new RuleViolation("term_passed", "A term is extended before it has passed.", "requestId");
        return [new AccessExtended(command.RequestId, command.ClientId, command.Reason, request.DueAt + ConsentPolicy.AccessExtension)];
    }
}
