using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class RevokePlatformValidator : AbstractValidator<RevokePlatform>
{
    public RevokePlatformValidator()
    {
        RuleFor(c => c.PlatformId).MustBeId();
        RuleFor(c => c.ReasonCode).MustBeCode();
        RuleFor(c => c.FallbackPlatformId).MustBeId().NotEqual(c => c.PlatformId)
            .When(c => c.FallbackPlatformId is not null);
    }
}

/// <param name="Fallback">Where planned sessions would move, if one was named.</param>
public sealed record RevocationFacts(Actor By, Platform? Fallback);

public static class RevokePlatformAggregateHandler
{
    public static object[] Handle(RevokePlatform command, Platform? state, RevocationFacts facts, DateTimeOffset now)
    {
        if (facts.By.Role is not (Roles.Supervisor or Roles.Operator))
            throw new RuleViolation("role_not_permitted", "Platforms are revoked by whoever is responsible for them.");
        if (state is null)
            throw new RuleViolation("platform_unknown", "There is no such platform.", "platformId");
        if (command.FallbackPlatformId is not null && facts.Fallback?.IsApproved(now) is not true)
            throw new RuleViolation(
                "platform_not_approved", "Sessions can only move to an approved platform.", "fallbackPlatformId");

        var revoked = new PlatformRevoked(command.PlatformId, command.ReasonCode, command.FallbackPlatformId);
        return state.Approval is null && state.Revocation == revoked ? [] : [revoked];
    }
}
