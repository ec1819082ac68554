using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RegisterRecipientValidator : AbstractValidator<RegisterRecipient>
{
    public RegisterRecipientValidator()
    {
        RuleFor(c => c.RecipientId).MustBeId().NotEqual(DisclosureScope.Any);
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Address).NotEmpty().MaximumLength(500);
        RuleFor(c => c.BusUser)
            .Must(user => user?.Split('.') is [var tenant, var system] && Ids.AreValid(tenant) && Ids.AreValid(system))
            .WithMessage("must be {tenant}.{system}, both ids");
        RuleFor(c => c.PublicKey).Must(IsPublicJwk).When(c => c.PublicKey is not null)
            .WithMessage("must be one public JWK of type EC or RSA, at most 4000 characters, without private members");
    }

    // A private key pasted here by mistake would be in the log for ever.
    private static bool IsPublicJwk(string? key)
    {
        if (key is null || key.Length > 4000) return false;
        try
        {
            using var jwk = JsonDocument.Parse(key);
            return jwk.RootElement.ValueKind == JsonValueKind.Object
                && jwk.RootElement.TryGetProperty("kty", out var type)
                && type.ValueKind == JsonValueKind.String && type.GetString() is "EC" or "RSA"
                && !jwk.RootElement.TryGetProperty("d", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

public static class RegisterRecipientAggregateHandler
{
    public static object[] Handle(RegisterRecipient command, Recipient? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not Roles.Operator)
            throw new RuleViolation("role_not_permitted", "Recipients are registered by an operator.");

        var registered = new RecipientRegistered(
            command.RecipientId, command.Name, command.Address, command.BusUser, command.PublicKey);
        return state is not null && state.Apply(registered) == state ? [] : [registered];
    }
}
