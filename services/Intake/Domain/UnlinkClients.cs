using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class UnlinkClientsValidator : AbstractValidator<UnlinkClients>
{
    public UnlinkClientsValidator()
    {
        RuleFor(c => c.Survivor).IsId();
        RuleFor(c => c.Duplicate).IsId();
        RuleFor(c => c.Duplicate).NotEqual(c => c.Survivor);
        RuleFor(c => c.ReasonCode).IsCode();
    }
}

public static class UnlinkClientsAggregateHandler
{
    public static object[] Handle(UnlinkClients command, Client? state, LinkingFacts facts, DateTimeOffset now)
    {
        if (facts.By.Role is not (Roles.Supervisor or Roles.Operator))
            throw new RuleViolation("role_not_permitted", "Only a supervisor or operator may say who is the same person.");
        var survivor = Client.Registered(state);
        var duplicate = facts.Duplicate is { Registration: not null } known ? known : throw new RuleViolation("client_unknown", "No client is registered under this id.", "duplicate");
        if (!survivor.LinkedTo(command.Duplicate)) return [];

        var told = new ClientsUnlinked(command.Survivor, command.Survivor, command.Duplicate, command.ReasonCode, facts.By.Id);
        return [told, new ForStream(Client.StreamId(command.Duplicate), typeof(Client), told with { ClientId = command.Duplicate })];
    }
}
