using Clinic.Contracts;
using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

public enum SessionStatus { Scheduled, InProgress, Ended, Cancelled, Stopped, Interrupted, NoShow }

/// <summary>An interruption that is not over.</summary>
/// <param name="Reported">Parties that have reported it; each counts once.</param>
/// <param name="ReconnectBy">When another channel is tried.</param>
/// <param name="EndsAt">When the session ends as incomplete; null until another channel was tried.</param>
public sealed record OpenDisruption(
    int Number, DateTimeOffset Since, string[] Reported, DateTimeOffset ReconnectBy, DateTimeOffset? EndsAt = null);

/// <summary>One meeting of a client and a practitioner.</summary>
/// <param name="Ended">How it ended; null unless it did so regularly.</param>
public sealed record TherapySession(
    string Id, string SessionId, string ClientId, string PractitionerId, string Modality, DateTimeOffset StartsAt,
    int PlannedMinutes, string TimeZone, SessionStatus Status, string? PlatformId = null, SessionEnded? Ended = null)
{
    public long Version { get; init; }

    /// <summary>As it was first booked: what a repeated booking is compared with.</summary>
    public required SessionScheduled Booked { get; init; }

    /// <summary>The client's latest word on where they are; null until they have given one.</summary>
    public ClientCheckedIn? CheckIn { get; init; }

    public SessionStarted? Started { get; init; }

    public OpenDisruption? Disruption { get; init; }

    /// <summary>How many interruptions there were.</summary>
    public int Disruptions { get; init; }

    /// <summary>Why it must not begin, if so.</summary>
    public string? HeldFor { get; init; }

    /// <summary>The modality that was proposed and not answered, and by whom.</summary>
    public ModalityChangeProposed? Proposal { get; init; }

    public bool Recording { get; init; }

    public bool Locked { get; init; }

    /// <summary>What was reported since it was last unlocked.</summary>
    public UnauthorisedParticipantDetected[] Intrusions { get; init; } = [];

    public NoShowRecorded? NoShow { get; init; }

    public WelfareCheckDue? Welfare { get; init; }

    /// <summary>It was tried, or missed: either way the clock has done its part.</summary>
    public bool WelfareSettled { get; init; }

    /// <summary>The last time somebody asked, or tried to.</summary>
    public WelfareCheckDone? WelfareTried { get; init; }

    /// <summary>The signed progress note about it.</summary>
    public string? DocumentedBy { get; init; }

    /// <summary>Reasons for which it was flagged after it took place.</summary>
    public string[] Flags { get; init; } = [];

    /// <summary>A reminder that the client has been, or will be, sent.</summary>
    public string? Reminder { get; init; }

    public bool IsOngoing => Status is SessionStatus.InProgress or SessionStatus.Interrupted;

    public static string StreamId(string sessionId) => $"session-{sessionId}";

    public static TherapySession Create(SessionScheduled e) =>
        new(
            StreamId(e.SessionId), e.SessionId, e.ClientId, e.PractitionerId, e.Modality, e.StartsAt, e.PlannedMinutes,
            e.TimeZone, SessionStatus.Scheduled, e.PlatformId)
        { Booked = e };

    public TherapySession Apply(SessionRescheduled e) =>
        this with { StartsAt = e.StartsAt, PlannedMinutes = e.PlannedMinutes, CheckIn = null };

    public TherapySession Apply(SessionMovedToPlatform e) => this with { PlatformId = e.PlatformId };

    public TherapySession Apply(ClientCheckedIn e) => this with { CheckIn = e };

    public TherapySession Apply(SessionGateEvaluated e) => this;

    public TherapySession Apply(SessionStarted e) => this with { Status = SessionStatus.InProgress, Started = e };

    public TherapySession Apply(SessionEnded e) =>
        this with { Status = SessionStatus.Ended, Ended = e, Disruption = null };

    public TherapySession Apply(SessionCancelled e) => this with { Status = SessionStatus.Cancelled };

    public TherapySession Apply(SessionStopped e) =>
        this with { Status = SessionStatus.Stopped, Disruption = null, Recording = false };

    public TherapySession Apply(NoShowRecorded e) => this with { Status = SessionStatus.NoShow, NoShow = e };

    public TherapySession Apply(DisruptionRecorded e) => Disruption is null
        ? this with
        {
            Status = SessionStatus.Interrupted,
            Disruptions = e.Disruption,
            Disruption = new OpenDisruption(e.Disruption, e.RecordedAt, [e.Party], e.ReconnectBy)
        }
        : this with { Disruption = Disruption with { Reported = [.. Disruption.Reported, e.Party] } };

    public TherapySession Apply(Reconnected e) => this with { Status = SessionStatus.InProgress, Disruption = null };

    public TherapySession Apply(FallbackChannelUsed e) =>
        this with { Disruption = Disruption is null ? null : Disruption with { EndsAt = e.EndsAt } };

    public TherapySession Apply(WelfareCheckDue e) => this with { Welfare = e };

    public TherapySession Apply(WelfareCheckDone e) => this with { WelfareSettled = true, WelfareTried = e };

    public TherapySession Apply(WelfareCheckMissed e) => this with { WelfareSettled = true };

    public TherapySession Apply(ModalityChangeProposed e) => this with { Proposal = e };

    public TherapySession Apply(ModalityChangeAccepted e) => this with { Proposal = null, Modality = e.Modality };

    public TherapySession Apply(ModalityChangeDeclined e) => this with { Proposal = null };

    public TherapySession Apply(RecordingStarted e) => this with { Recording = true };

    public TherapySession Apply(RecordingStopped e) => this with { Recording = false };

    public TherapySession Apply(RecordingRefused e) => this;

    public TherapySession Apply(UnauthorisedParticipantDetected e) => this with { Intrusions = [.. Intrusions, e] };

    public TherapySession Apply(SessionLocked e) => this with { Locked = true };

    public TherapySession Apply(SessionUnlocked e) => this with { Locked = false, Intrusions = [] };

    public TherapySession Apply(SessionHeld e) => this with { HeldFor = e.ReasonCode };

    public TherapySession Apply(SessionHoldReleased e) => this with { HeldFor = null };

    public TherapySession Apply(SessionFlagged e) => this with { Flags = [.. Flags, e.ReasonCode] };

    public TherapySession Apply(ColleaguesOffered e) => this;

    public TherapySession Apply(SessionDocumented e) => this with { DocumentedBy = e.NoteId };

    public TherapySession Apply(SessionUndocumented e) => this with { DocumentedBy = null };

    public TherapySession Apply(ReminderRequested e) => this with { Reminder = e.NotificationId };

    public TherapySession Apply(ReminderCancelled e) => this with { Reminder = null };
}
