using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RequestRestrictionValidator : AbstractValidator<RequestRestriction>
{
    public RequestRestrictionValidator()
    {
        RuleFor(c => c.RestrictionId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Statement).NotEmpty().MaximumLength(2000);
        RuleFor(c => c.Denials).MustHaveLength(1, 20);
        RuleForEach(c => c.Denials).NotNull().SetValidator(new DisclosureScopeValidator());
        RuleForEach(c => c.Denials).Must(d => d?.Denies == true).WithMessage("must have effect deny");
    }
}

public static class RequestRestrictionAggregateHandler
{
    public static object[] Handle(RequestRestriction command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        if (Array.Find(state?.Restrictions ?? [], r => r.Id == command.RestrictionId) is { } known)
            return JsonSerializer.Serialize(known.Denials, ContractJson.Options) == JsonSerializer.Serialize(command.Denials, ContractJson.Options)
                ? []
                : throw new RuleViolation("restriction_exists", "This id belongs to another request.", "restrictionId");
        return [new RestrictionRequested(command.ClientId, command.RestrictionId, command.Statement, command.Denials)];
    }
}
