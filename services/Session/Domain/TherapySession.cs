using Clinic.Contracts;
using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

public sealed record SessionScheduled(
    string SessionId, string ClientId, string PractitionerId, string Modality, DateTimeOffset StartsAt,
    int PlannedMinutes, string TimeZone, string? PlatformId = null);

/// <summary>A failing gate is an event, too: an auditor wants to see who was kept waiting, and why.</summary>
public sealed record SessionGateEvaluated(string SessionId, string ClientId, GateCheck[] Checks, bool Passed);

public sealed record SessionStarted(
    string SessionId, string ClientId, string PractitionerId, string Modality, string Jurisdiction,
    DateTimeOffset StartedAt);

public sealed record SessionEnded(
    string SessionId, string ClientId, int ActualMinutes, string Attendance, string EndReason);

[Subject("clientId")]
public sealed record SessionCancelled(
    string SessionId, string ClientId, string By, int NoticeHours, Personal<string>? Reason = null);

[Subject("clientId")]
public sealed record SessionStopped(
    string SessionId, string ClientId, string By, string Status, Personal<string>? Reason = null)
{
    public const string ByClient = "stopped-by-client";
    public const string ForSafety = "stopped-for-safety";
    public const string ForConsent = "stopped-consent";
}

public enum SessionStatus { Scheduled, InProgress, Ended, Cancelled, Stopped }

/// <summary>One meeting of a client and a practitioner.</summary>
/// <param name="Ended">How it ended; null unless it did so regularly.</param>
public sealed record TherapySession(
    string Id, string SessionId, string ClientId, string PractitionerId, string Modality, DateTimeOffset StartsAt,
    int PlannedMinutes, string TimeZone, SessionStatus Status, string? PlatformId = null, SessionEnded? Ended = null)
{
    public long Version { get; init; }

    public static string StreamId(string sessionId) => $"session-{sessionId}";

    public static TherapySession Create(SessionScheduled e) =>
        new(
            StreamId(e.SessionId), e.SessionId, e.ClientId, e.PractitionerId, e.Modality, e.StartsAt, e.PlannedMinutes,
            e.TimeZone, SessionStatus.Scheduled, e.PlatformId);

    public TherapySession Apply(SessionGateEvaluated e) => this;

    public TherapySession Apply(SessionStarted e) => this with { Status = SessionStatus.InProgress };

    public TherapySession Apply(SessionEnded e) => this with { Status = SessionStatus.Ended, Ended = e };

    public TherapySession Apply(SessionCancelled e) => this with { Status = SessionStatus.Cancelled };

    public TherapySession Apply(SessionStopped e) => this with { Status = SessionStatus.Stopped };
}
