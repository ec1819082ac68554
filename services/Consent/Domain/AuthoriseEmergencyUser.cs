using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class AuthoriseEmergencyUserValidator : AbstractValidator<AuthoriseEmergencyUser>
{
    public AuthoriseEmergencyUserValidator() => RuleFor(c => c.UserId).MustBeId();
}

public static class AuthoriseEmergencyUserAggregateHandler
{
    public static object[] Handle(AuthoriseEmergencyUser command, EmergencyGroup? state, Actor by, DateTimeOffset now) =>
        state?.Members.Contains(command.UserId) == true ? [] : [new EmergencyUserAuthorised(command.UserId)];
}
