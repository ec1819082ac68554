using Clinic.Contracts;
using Clinic.Contracts.Intake;

namespace Clinic.Intake.Domain;

/// <summary>Somebody saw a risk in a session or message.</summary>
public sealed record RiskNoted(string ClientId, string RiskId, string Source, string Severity);

/// <summary>A reaction's own command, so not a contract.</summary>
/// <param name="High">The crisis pathway begins with it.</param>
public sealed record NoteRisk(string ClientId, string RiskId, string Source, string Severity, bool High);

public static class NoteRiskAggregateHandler
{
    public static object[] Handle(NoteRisk command, Client? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Service) throw new RuleViolation("role_not_permitted", "Only a service's reaction may note a risk.");
        if (state?.Risks.Contains(command.RiskId) == true) return [];
        var noted = new RiskNoted(command.ClientId, command.RiskId, command.Source, command.Severity);
        var told = state?.TellSurvivor(command.RiskId, "linked-record", command.Severity) ?? [];
        return command.High && state is not { InCrisis: true }
            ? [noted, new CrisisPathwayActivated(command.ClientId, "risk-in-session", command.RiskId, state?.ContactPossible ?? true), .. told]
            : [noted, .. told];
    }
}
