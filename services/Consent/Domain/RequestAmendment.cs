using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RequestAmendmentValidator : AbstractValidator<RequestAmendment>
{
    public RequestAmendmentValidator()
    {
        RuleFor(c => c.AmendmentId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Category).MustBeCode();
        RuleFor(c => c.Statement).NotEmpty().MaximumLength(4000);
        RuleFor(c => c.ItemId).MustBeId().When(c => c.ItemId is not null);
    }
}

public static class RequestAmendmentAggregateHandler
{
    public static object[] Handle(RequestAmendment command, Amendment? state, Actor by, DateTimeOffset now)
    {
        if (state is null)
            return [new AmendmentRequested(command.AmendmentId, command.ClientId, command.Category, command.Statement, now + ConsentPolicy.AmendmentDue, command.ItemId)];
        return (state.ClientId, state.Category) == (command.ClientId, command.Category)
            ? []
            : throw new RuleViolation("amendment_exists", "This id belongs to another request.", "amendmentId");
    }
}
