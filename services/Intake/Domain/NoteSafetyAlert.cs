using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

/// <summary>
/// Feedback raised an alert. The reaction's own command, so not a contract: nobody outside may send it.
/// </summary>
public sealed record NoteSafetyAlert(
    string ClientId, string AlertId, string RuleId, string ResponseId, DateTimeOffset DueAt);

public sealed class NoteSafetyAlertValidator : AbstractValidator<NoteSafetyAlert>
{
    public NoteSafetyAlertValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.AlertId).IsId();
        RuleFor(c => c.RuleId).IsId();
        RuleFor(c => c.ResponseId).IsId();
        RuleFor(c => c.DueAt).IsSane();
    }
}

public static class NoteSafetyAlertAggregateHandler
{
    public static object[] Handle(NoteSafetyAlert command, Client? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Service)
            throw new RuleViolation("role_not_permitted", "Only a service's reaction may note an alert.");
        // delivered twice is noted once; a client nobody registered yet is no reason to lose an alert
        if (state is not null && state.AlertIds.Contains(command.AlertId)) return [];
        return [new SafetyAlertNoted(command.ClientId, command.AlertId, command.RuleId, command.ResponseId, command.DueAt), .. state?.TellSurvivor(command.AlertId, "linked-record", RiskTiers.Moderate) ?? []];
    }
}
