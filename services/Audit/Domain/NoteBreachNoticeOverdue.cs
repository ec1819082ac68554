using Clinic.Contracts;
using Clinic.Contracts.Audit;

namespace Clinic.Audit.Domain;

/// <summary>The term of a law has come; its timer says so.</summary>
public sealed record NoteBreachNoticeOverdue(string IncidentId, string Regime);

public static class NoteBreachNoticeOverdueAggregateHandler
{
    public static object[] Handle(NoteBreachNoticeOverdue command, Incident? state, Actor by, DateTimeOffset now) =>
        state?.Notices.FirstOrDefault(n => n.Regime == command.Regime) is { } due && due.DueAt <= now && !state.Overdue.Contains(command.Regime)
            ? [new BreachNoticeOverdue(command.IncidentId, command.Regime, due.DueAt)]
            : [];
}
