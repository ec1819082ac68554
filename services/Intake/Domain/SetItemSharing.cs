using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class SetItemSharingValidator : AbstractValidator<SetItemSharing>
{
    public SetItemSharingValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ItemId).IsId();
        RuleFor(c => c.Level).IsOneOf([.. SharingLevels.All]);
    }
}

public static class SetItemSharingAggregateHandler
{
    public static object[] Handle(SetItemSharing command, Client? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Client || by.Id != command.ClientId)
            throw new RuleViolation("role_not_permitted", "How far an item is shared is the client's own decision.");
        var client = Client.Registered(state);
        client.MustOwn(command.ItemId);
        return client.Problems.SharingOf(command.ItemId) == command.Level ? [] : [new ItemSharingSet(command.ClientId, command.ItemId, command.Level)];
    }
}
