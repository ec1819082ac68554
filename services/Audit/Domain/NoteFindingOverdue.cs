using Clinic.Contracts;
using Clinic.Contracts.Audit;

namespace Clinic.Audit.Domain;

/// <summary>The term of a finding has come; its timer says so.</summary>
public sealed record NoteFindingOverdue(string FindingId);

public static class NoteFindingOverdueAggregateHandler
{
    public static object[] Handle(NoteFindingOverdue command, Finding? state, Actor by, DateTimeOffset now) =>
        state is { Closed: false, Remediation: null, Overdue: false } && state.Raised.DueAt <= now ? [new AuditFindingOverdue(command.FindingId, state.Raised.DueAt)] : [];
}
