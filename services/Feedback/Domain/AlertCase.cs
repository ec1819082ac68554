using Clinic.Contracts;

namespace Clinic.Feedback.Domain;

/// <summary>An answer needs a human.</summary>
public sealed record SafetyAlertRaised(
    string AlertId, string ClientId, string RuleId, string ResponseId, DateTimeOffset DueAt);

/// <summary>A therapist or supervisor took the alert on.</summary>
public sealed record AlertAcknowledged(string AlertId, string ClientId, string AcknowledgedBy);

/// <summary>A therapist or supervisor acted on the alert.</summary>
[Subject("clientId")]
public sealed record AlertResolved(string AlertId, string ClientId, string ResolvedBy, Personal<string> Action);

/// <summary>How far an alert has come.</summary>
public enum AlertStatus { Raised, Acknowledged, Resolved }

/// <summary>One safety alert until a human has acted on it.</summary>
public sealed record AlertCase
{
    public required string Id { get; init; }
    public long Version { get; init; }
    public required SafetyAlertRaised Raised { get; init; }
    public AlertStatus Status { get; init; }

    /// <summary>How it ended; null while it is open.</summary>
    public AlertResolved? Resolution { get; init; }

    public static string StreamId(string alertId) => $"alert-{alertId}";

    /// <summary>The alert, for somebody who may act on it.</summary>
    /// <exception cref="RuleViolation">There is none, or the actor is no clinician: peers cannot close alerts.</exception>
    internal static AlertCase For(AlertCase? state, Actor by)
    {
        if (by.Role is not (Roles.Therapist or Roles.Supervisor))
            throw new RuleViolation("role_not_permitted", "Only a therapist or supervisor may act on a safety alert.");
        return state ?? throw new RuleViolation("alert_unknown", "There is no such alert.", "alertId");
    }

    public static AlertCase Create(SafetyAlertRaised e) => new() { Id = StreamId(e.AlertId), Raised = e };

    public AlertCase Apply(AlertAcknowledged e) => this with { Status = AlertStatus.Acknowledged };

    public AlertCase Apply(AlertResolved e) => this with { Status = AlertStatus.Resolved, Resolution = e };
}
