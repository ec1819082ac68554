using Clinic.Contracts;

namespace Clinic.Feedback.Domain;

/// <summary>What an alert is about, and so who is told and who may close it.</summary>
public static class AlertKinds
{
    public const string Safety = "safety";
    public const string Deterioration = "deterioration";
    public const string Alliance = "alliance";
}

/// <summary>An answer needs a human.</summary>
public sealed record SafetyAlertRaised(
    string AlertId, string ClientId, string RuleId, string ResponseId, DateTimeOffset DueAt);

/// <summary>A client is reliably worse than at the beginning.</summary>
public sealed record DeteriorationAlertRaised(
    string AlertId, string ClientId, string ResponseId, string BaselineId, string Instrument, int Delta, DateTimeOffset DueAt);

/// <summary>The working alliance is weak, or weaker.</summary>
public sealed record AllianceAlertRaised(
    string AlertId, string ClientId, string RuleId, string ResponseId, string Instrument, DateTimeOffset DueAt);

/// <summary>A therapist or supervisor took the alert on.</summary>
public sealed record AlertAcknowledged(string AlertId, string ClientId, string AcknowledgedBy);

/// <summary>Nobody had, so the next was told.</summary>
/// <param name="PractitionerId">Null when nobody is on call.</param>
public sealed record AlertEscalated(string AlertId, string ClientId, int Level, DateTimeOffset NextAt, string? PractitionerId = null);

/// <summary>A therapist or supervisor acted on the alert.</summary>
/// <param name="Kind">Null of a safety alert, as before there were others.</param>
[Subject("clientId")]
public sealed record AlertResolved(string AlertId, string ClientId, string ResolvedBy, Personal<string> Action, string? Kind = null);

/// <summary>What it rested on was corrected.</summary>
public sealed record AlertRetracted(string AlertId, string ClientId, string CorrectedBy);

/// <summary>How far an alert has come.</summary>
public enum AlertStatus { Raised, Acknowledged, Resolved, Escalated, Retracted }

/// <summary>One alert until a human has acted on it.</summary>
/// <param name="DueAt">When a human must have acted; moves with every escalation.</param>
/// <param name="Level">How far up the chain it has gone; 0 before the first escalation.</param>
public sealed record AlertCase(string Id, string AlertId, string ClientId, string Kind, string RuleId, string ResponseId, DateTimeOffset DueAt, int Level)
{
    public long Version { get; init; }
    public AlertStatus Status { get; init; }

    /// <summary>How it ended; null while it is open.</summary>
    public AlertResolved? Resolution { get; init; }

    /// <summary>Nobody has taken it on.</summary>
    public bool Waits => Status is AlertStatus.Raised or AlertStatus.Escalated;

    public static string StreamId(string alertId) => $"alert-{alertId}";

    /// <summary>The alert, for somebody who may act on it.</summary>
    /// <exception cref="RuleViolation">There is none, or the actor is no clinician: peers cannot close alerts.</exception>
    internal static AlertCase For(AlertCase? state, Actor by)
    {
        if (by.Role is not (Roles.Therapist or Roles.Supervisor))
            throw new RuleViolation("role_not_permitted", "Only a therapist or supervisor may act on an alert.");
        return state ?? throw new RuleViolation("alert_unknown", "There is no such alert.", "alertId");
    }

    public static AlertCase Create(SafetyAlertRaised e) =>
        new(StreamId(e.AlertId), e.AlertId, e.ClientId, AlertKinds.Safety, e.RuleId, e.ResponseId, e.DueAt, 0);

    public static AlertCase Create(DeteriorationAlertRaised e) =>
        new(StreamId(e.AlertId), e.AlertId, e.ClientId, AlertKinds.Deterioration, DeteriorationRule.Id, e.ResponseId, e.DueAt, 0);

    public static AlertCase Create(AllianceAlertRaised e) =>
        new(StreamId(e.AlertId), e.AlertId, e.ClientId, AlertKinds.Alliance, e.RuleId, e.ResponseId, e.DueAt, 0);

    public AlertCase Apply(AlertAcknowledged e) => this with { Status = AlertStatus.Acknowledged };

    public AlertCase Apply(AlertEscalated e) => this with { Status = AlertStatus.Escalated, Level = e.Level, DueAt = e.NextAt };

    public AlertCase Apply(AlertResolved e) => this with { Status = AlertStatus.Resolved, Resolution = e };

    public AlertCase Apply(AlertRetracted e) => this with { Status = AlertStatus.Retracted };
}
