using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RevokeEmergencyUserValidator : AbstractValidator<RevokeEmergencyUser>
{
    public RevokeEmergencyUserValidator() => RuleFor(c => c.UserId).MustBeId();
}

public static class RevokeEmergencyUserAggregateHandler
{
    public static object[] Handle(RevokeEmergencyUser command, EmergencyGroup? state, Actor by, DateTimeOffset now) =>
        state?.Members.Contains(command.UserId) == true ? [new EmergencyUserRevoked(command.UserId)] : [];
}
