using Clinic.Contracts;
using Clinic.Contracts.Notifications;

namespace Clinic.Feedback.Domain;

/// <summary>Internal: an alert's time has come.</summary>
public sealed record EscalateAlert(string AlertId);

/// <summary>Who acts, by which rules, and who is on call.</summary>
public sealed record EscalationFacts(Actor By, FeedbackPolicy Policy, RosterFacts Roster);

/// <summary>
/// P6: nobody has taken the alert on, so the next of the chain is told; the end of the chain again and again. Deterioration and
/// alliance are no emergencies: supervisors are told once.
/// </summary>
public static class EscalateAlertAggregateHandler
{
    public static object[] Handle(EscalateAlert command, AlertCase? state, EscalationFacts facts, DateTimeOffset now)
    {
        if (state is not { Waits: true } || now < state.DueAt) return [];
        var policy = facts.Policy;
        if (state.Kind != AlertKinds.Safety)
        {
            if (state.Level > 0) return [];
            return Escalated(1, policy.ReviewDue(now), null, Notices.Supervisors);
        }
        var last = state.Level + 1 >= policy.EscalationLevels;
        var level = Math.Min(state.Level + 1, policy.EscalationLevels);
        return Escalated(level, now + (last ? policy.EscalationRepeat : policy.EscalationStep), facts.Roster.OnDuty(level, now), facts.Roster.OnCall(level, now));

        object[] Escalated(int to, DateTimeOffset nextAt, string? practitionerId, string recipient) =>
        [
            new AlertEscalated(state.AlertId, state.ClientId, to, nextAt, practitionerId),
            Notices.ToStaff(recipient, NotificationChannels.Phone, NotificationTemplates.AlertWaiting,
                $"{state.AlertId}/{to}/{state.DueAt.UtcDateTime:O}", state.ClientId, nextAt)
        ];
    }
}
