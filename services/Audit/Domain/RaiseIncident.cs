using Clinic.Contracts;
using Clinic.Contracts.Audit;
using FluentValidation;

namespace Clinic.Audit.Domain;

public sealed class RaiseIncidentValidator : AbstractValidator<RaiseIncident>
{
    private const int MostClients = 500;

    public RaiseIncidentValidator()
    {
        RuleFor(c => c.IncidentId).IsId();
        RuleFor(c => c.Category).IsOneOf(AuditCodes.Incidents);
        RuleFor(c => c.Severity).IsOneOf(AuditCodes.Severities);
        RuleFor(c => c.DiscoveredAt).IsSane();
        RuleFor(c => c.Reference!).IsCode().When(c => c.Reference is not null);
        RuleFor(c => c.ClientIds).Must(ids => ids is null || (ids.Length <= MostClients && ids.All(Ids.AreValid))).WithMessage($"at most {MostClients} ids; each {Ids.Rule}");
    }
}

public static class RaiseIncidentAggregateHandler
{
    public static object[] Handle(RaiseIncident command, Incident? state, Actor by, DateTimeOffset now)
    {
        if (command.DiscoveredAt > now) throw new RuleViolation("discovered_in_future", "An incident cannot be discovered in the future.", "discoveredAt");
        var raised = new SecurityIncidentRaised(command.IncidentId, command.Category, command.Severity, command.DiscoveredAt, by.Id, command.Reference, command.ClientIds);
        if (state is null) return [raised];
        var earlier = state.Raised;
        return earlier.Category == raised.Category && earlier.Severity == raised.Severity && earlier.DiscoveredAt == raised.DiscoveredAt && earlier.Reference == raised.Reference
            && (earlier.ClientIds ?? []).SequenceEqual(raised.ClientIds ?? [])
            ? []
            : throw new RuleViolation("incident_exists", "Another incident has this id.", "incidentId");
    }
}
