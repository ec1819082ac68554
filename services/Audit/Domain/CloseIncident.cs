using Clinic.Contracts;
using Clinic.Contracts.Audit;
using FluentValidation;

namespace Clinic.Audit.Domain;

public sealed class CloseIncidentValidator : AbstractValidator<CloseIncident>
{
    public CloseIncidentValidator()
    {
        RuleFor(c => c.IncidentId).IsId();
        RuleFor(c => c.Outcome).IsCode();
    }
}

public static class CloseIncidentAggregateHandler
{
    public static object[] Handle(CloseIncident command, Incident? state, Actor by, DateTimeOffset now)
    {
        if (state is null) throw Rules.Unknown("incident", "incidentId");
        if (state.Closed) return [];
        if (state.Assessment is null) throw new RuleViolation("not_assessed", "Whether it is a breach must be assessed first.", "incidentId");
        if (state.Notices.Length > 0) throw new RuleViolation("notice_open", $"A notice is still due under {string.Join(", ", state.Notices.Select(n => n.Regime))}.", "incidentId");
        return [new IncidentClosed(command.IncidentId, command.Outcome, by.Id)];
    }
}
