using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class RegisterClientValidator : AbstractValidator<RegisterClient>
{
    public RegisterClientValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.Route).IsOneOf(Routes.All);
        RuleFor(c => c.IdentityMode).IsOneOf(IdentityModes.All);
        RuleFor(c => c.AgeBand).IsOneOf(AgeBands.All);
        RuleFor(c => c.Language).IsLanguage();
        RuleFor(c => c.Region).IsRegion();
        RuleFor(c => c.Accessibility).HasAtMost(10);
        RuleForEach(c => c.Accessibility).IsCode();
        RuleFor(c => c.ReferralId).Must(Ids.AreValid).WithMessage(Ids.Rule).When(c => c.Route == Routes.Referral);
        RuleFor(c => c.ReferralId).Null().When(c => c.Route != Routes.Referral);
    }
}

public static class RegisterClientAggregateHandler
{
    public static object[] Handle(RegisterClient command, Client? state, Actor by, DateTimeOffset now)
    {
        var registered = new ClientRegistered(
            command.ClientId, command.Route, command.IdentityMode, command.AgeBand, command.Language, command.Region,
            command.Accessibility, command.ReferralId);
        if (state?.Registration is not { } known) return [registered];
        if (known == registered) return [];
        throw new RuleViolation("client_exists", "Another client has this id.", "clientId");
    }
}
