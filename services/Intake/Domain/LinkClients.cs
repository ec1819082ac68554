using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class LinkClientsValidator : AbstractValidator<LinkClients>
{
    public LinkClientsValidator()
    {
        RuleFor(c => c.Survivor).IsId();
        RuleFor(c => c.Duplicate).IsId();
        RuleFor(c => c.Duplicate).NotEqual(c => c.Survivor);
        RuleFor(c => c.ReasonCode).IsCode();
    }
}

/// <param name="Duplicate">The other client, null when intake knows none. The command's own stream is the survivor's.</param>
public sealed record LinkingFacts(Actor By, Client? Duplicate);

public static class LinkClientsAggregateHandler
{
    public static object[] Handle(LinkClients command, Client? state, LinkingFacts facts, DateTimeOffset now)
    {
        if (facts.By.Role is not (Roles.Supervisor or Roles.Operator))
            throw new RuleViolation("role_not_permitted", "Only a supervisor or operator may say who is the same person.");
        var survivor = Client.Registered(state);
        var duplicate = facts.Duplicate is { Registration: not null } known ? known : throw new RuleViolation("client_unknown", "No client is registered under this id.", "duplicate");
        if (survivor.LinkedTo(command.Duplicate)) return [];
        if (survivor.DuplicateOf is not null || duplicate.DuplicateOf is not null)
            throw new RuleViolation("client_is_duplicate", "One of the two is linked as a duplicate already.", survivor.DuplicateOf is null ? "duplicate" : "survivor");
        if (duplicate.Links.Count > 0)
            throw new RuleViolation("client_has_duplicates", "The duplicate has duplicates itself; link those to the survivor.", "duplicate");

        var told = new ClientsLinked(command.Survivor, command.Survivor, command.Duplicate, command.ReasonCode, facts.By.Id);
        return [told, .. Risks(survivor, duplicate), new ForStream(Client.StreamId(command.Duplicate), typeof(Client), told with { ClientId = command.Duplicate })];
    }

    /// <summary>What is open in the duplicate's record is open for the person.</summary>
    private static object[] Risks(Client survivor, Client duplicate) => duplicate switch
    {
        { Crisis.Open: { } open } when !survivor.InCrisis => [new CrisisPathwayActivated(survivor.ClientId, "linked-record", open.ScreenId, survivor.ContactPossible)],
        { TriageDue: true } or { FollowUpFor: not null } => [new RiskNoted(survivor.ClientId, $"linked-{duplicate.Version}", "linked-record", RiskTiers.Moderate)],
        _ => []
    };
}
