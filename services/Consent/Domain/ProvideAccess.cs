using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class ProvideAccessValidator : AbstractValidator<ProvideAccess>
{
    public ProvideAccessValidator()
    {
        RuleFor(c => c.RequestId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.ContentHash).MustBeHash();
    }
}

public static class ProvideAccessAggregateHandler
{
    public static object[] Handle(ProvideAccess command, AccessRequest? state, Actor by, DateTimeOffset now)
    {
        var request = RequestAccessAggregateHandler.Demand(state, command.ClientId);
        if (request.ContentHash is null) return [new AccessProvided(command.RequestId, command.ClientId, command.ContentHash, by.Id)];
        return request.ContentHash == command.ContentHash
            ? []
            : throw new RuleViolation("access_provided", "Something else was given already; a copy of today is another request.", "contentHash");
    }
}
