using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class TriageRiskValidator : AbstractValidator<TriageRisk>
{
    public TriageRiskValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.TriageId).IsId();
        RuleFor(c => c.Source).IsCode();
        RuleFor(c => c.Tier).IsOneOf(RiskTiers.All);
        RuleFor(c => c.ActionDueAt).IsSane();
    }
}

public static class TriageRiskAggregateHandler
{
    public static object[] Handle(TriageRisk command, Client? state, Actor by, DateTimeOffset now)
    {
        Clinicians.MustBe(by);
        var client = Client.Registered(state);
        var triaged = new RiskTriaged(
            command.ClientId, command.TriageId, command.Source, command.Tier, by.Id, command.ActionDueAt);
        if (client.Triages.FirstOrDefault(triage => triage.TriageId == command.TriageId) is { } earlier)
            return earlier == triaged
                ? []
                : throw new RuleViolation("triage_exists", "Another triage of this client has this id.", "triageId");
        if (command.ActionDueAt <= now)
            throw new RuleViolation("action_due_in_past", "The action must be due in the future.", "actionDueAt");
        return [triaged];
    }
}
