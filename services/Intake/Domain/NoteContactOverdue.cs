using Clinic.Contracts;

namespace Clinic.Intake.Domain;

/// <summary>Nobody tried to reach the client in time.</summary>
public sealed record CrisisContactOverdue(string ClientId, string CaseId, DateTimeOffset DueAt);

/// <summary>The deadline of a crisis is due. Its own command, so not a contract.</summary>
public sealed record NoteContactOverdue(string ClientId, DateTimeOffset DueAt);

public static class NoteContactOverdueAggregateHandler
{
    public static object[] Handle(NoteContactOverdue command, Client? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Service) throw new RuleViolation("role_not_permitted", "Only a deadline may say that it is due.");
        // decided on the state, not on the deadline: somebody may have tried a moment ago
        return state is { Crisis: { Open: { } open, Attempted: false, Overdue: false } }
            ? [new CrisisContactOverdue(command.ClientId, open.ScreenId, command.DueAt)]
            : [];
    }
}
