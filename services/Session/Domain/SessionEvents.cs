using Clinic.Contracts;
using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

public sealed record SessionScheduled(
    string SessionId, string ClientId, string PractitionerId, string Modality, DateTimeOffset StartsAt,
    int PlannedMinutes, string TimeZone, string? PlatformId = null, string? GroupId = null);

public sealed record SessionRescheduled(
    string SessionId, string ClientId, string PractitionerId, DateTimeOffset StartsAt, int PlannedMinutes,
    string TimeZone, string By);

/// <summary>The platform was revoked; the session is held on another one (P13).</summary>
public sealed record SessionMovedToPlatform(string SessionId, string ClientId, string PlatformId);

/// <param name="Location">Where exactly; null when the client did not want to say.</param>
/// <param name="StrongLogin">The client proved who they are with two factors (S57).</param>
[Subject("clientId")]
public sealed record ClientCheckedIn(
    string SessionId, string ClientId, string Jurisdiction, string IdentityCheck, bool PrivateSpace,
    bool SecureNetwork, bool EmergencyContactConfirmed, DateTimeOffset CheckedInAt, bool StrongLogin,
    [property: Subject("clientId", DataClasses.Contact)] Personal<string>? Location = null);

/// <summary>A failing gate is an event, too: an auditor wants to see who was kept waiting, and why.</summary>
public sealed record SessionGateEvaluated(
    string SessionId, string ClientId, GateCheck[] Checks, bool Passed, string? Jurisdiction = null);

/// <param name="EngagedOn">Day whose stream says that the practitioner is in a session.</param>
/// <param name="CueProfile">What cannot be seen or heard here, by name and version (S13).</param>
public sealed record SessionStarted(
    string SessionId, string ClientId, string PractitionerId, string Modality, string Jurisdiction,
    DateTimeOffset StartedAt, DateOnly? EngagedOn = null, string? CueProfile = null, string? GroupId = null);

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

public sealed record NoShowRecorded(
    string SessionId, string ClientId, string Party, int GraceMinutes, DateTimeOffset? FollowUpDue = null);

/// <param name="ReconnectBy">When the fallback is due; the same for both parties' reports.</param>
public sealed record DisruptionRecorded(
    string SessionId, string ClientId, int Disruption, string Kind, string Party, DateTimeOffset RecordedAt,
    DateTimeOffset ReconnectBy);

public sealed record Reconnected(string SessionId, string ClientId, int Disruption, int Seconds);

/// <param name="EndsAt">When the session ends as incomplete unless the parties have found each other.</param>
/// <param name="Modality">Null when the client has agreed to no other way: then there is only the waiting.</param>
public sealed record FallbackChannelUsed(
    string SessionId, string ClientId, int Disruption, DateTimeOffset EndsAt, string? Modality = null);

public sealed record WelfareCheckDue(string SessionId, string ClientId, string Trigger, DateTimeOffset DueAt)
{
    public const string NoShow = "no-show";
    public const string Disruption = "disruption";
}

/// <summary>The time for it is over and nobody has said that it was tried.</summary>
public sealed record WelfareCheckMissed(string SessionId, string ClientId, DateTimeOffset DueAt);

public sealed record WelfareCheckDone(string SessionId, string ClientId, string Outcome, string DoneBy);

public sealed record ModalityChangeProposed(string SessionId, string ClientId, string Modality, string By);

public sealed record ModalityChangeAccepted(string SessionId, string ClientId, string Modality, string CueProfile);

public sealed record ModalityChangeDeclined(string SessionId, string ClientId, string Modality);

/// <param name="Directives">The consents to recording that were looked at, one per participant.</param>
public sealed record RecordingStarted(string SessionId, string ClientId, string[] Directives);

public sealed record RecordingStopped(string SessionId, string ClientId, string ReasonCode)
{
    public const string Requested = "requested";
    public const string ConsentWithdrawn = "consent-withdrawn";
    public const string Intrusion = "intrusion";
    public const string SessionOver = "session-over";

    /// <summary>Somebody joined the group who was not asked when it was switched on.</summary>
    public const string ParticipantJoined = "participant-joined";
}

/// <param name="Missing">How many participants have not agreed.</param>
public sealed record RecordingRefused(string SessionId, string ClientId, int Missing);

public sealed record UnauthorisedParticipantDetected(
    string SessionId, string ClientId, string Kind, DateTimeOffset DetectedAt, string ReportedBy);

public sealed record SessionLocked(string SessionId, string ClientId);

public sealed record SessionUnlocked(string SessionId, string ClientId, string UnlockedBy);

public sealed record SessionHeld(string SessionId, string ClientId, string ReasonCode);

public sealed record SessionHoldReleased(string SessionId, string ClientId, string ReleasedBy);

/// <summary>What was learnt later changes nothing of what was recorded (T37).</summary>
public sealed record SessionFlagged(string SessionId, string ClientId, string ReasonCode, DateTimeOffset EffectiveAt);

/// <summary>Who holds a licence where the client is and the session's own practitioner does not (P8).</summary>
public sealed record ColleaguesOffered(string SessionId, string ClientId, string Jurisdiction, string[] PractitionerIds);

public sealed record SessionDocumented(string SessionId, string ClientId, string NoteId);

/// <summary>The note that documented it was entered in error.</summary>
/// <param name="PractitionerId">Who has to write another one.</param>
public sealed record SessionUndocumented(string SessionId, string ClientId, string NoteId, string PractitionerId);

/// <summary>The client is to be reminded by the clinic's gateway; it says neither of what nor by whom (S25).</summary>
public sealed record ReminderRequested(
    string SessionId, string ClientId, string NotificationId, DateTimeOffset NotAfter);

/// <summary>It is not to be sent any more (P11).</summary>
public sealed record ReminderCancelled(string SessionId, string ClientId, string NotificationId);
