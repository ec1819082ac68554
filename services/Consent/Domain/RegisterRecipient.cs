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
        RuleFor(c => c.Country).Must(country => country is [>= 'A' and <= 'Z', >= 'A' and <= 'Z']).When(c => c.Country is not null)
            .WithMessage("must be two capital letters: ISO 3166-1 alpha-2");
        RuleFor(c => c.Safeguard).MustBeCode().When(c => c.Safeguard is not null);
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

        // Consents name it as what it was.
        if (state is not null && state.Intermediary != (command.Intermediary == true))
            throw new RuleViolation("recipient_kind_fixed", "An intermediary stays one, and nobody becomes one: register another recipient.", "intermediary");

        var registered = new RecipientRegistered(
            command.RecipientId, command.Name, command.Address, command.BusUser, command.PublicKey, command.Intermediary == true ? true : null,
            command.Country, command.Safeguard);
        return state is not null && state.Apply(registered) == state ? [] : [registered];
    }
}
