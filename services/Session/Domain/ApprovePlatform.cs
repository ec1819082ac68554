using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class ApprovePlatformValidator : AbstractValidator<ApprovePlatform>
{
    public ApprovePlatformValidator()
    {
        RuleFor(c => c.PlatformId).MustBeId();
        RuleFor(c => c.AgreementRef).MustBeId();
        RuleFor(c => c.ReviewBy).Must(day => day.Year is >= 2000 and < 2200).WithMessage("must be between 2000 and 2200");
    }
}

public static class ApprovePlatformAggregateHandler
{
    public static object[] Handle(ApprovePlatform command, Platform? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Supervisor or Roles.Operator))
            throw new RuleViolation("role_not_permitted", "Platforms are approved by whoever is responsible for them.");
        if (command.ReviewBy < DateOnly.FromDateTime(now.UtcDateTime))
            throw new RuleViolation("agreement_ended", "The agreement is due for review already.", "reviewBy");

        var approved = new PlatformApproved(
            command.PlatformId, command.AgreementRef, command.E2ee, command.CollectsForAdvertising, command.ReviewBy);
        return state?.Approval == approved ? [] : [approved];
    }
}
