using Clinic.Contracts.Notifications;
using Clinic.EventLog;
using Clinic.Session.Domain;
using Public = Clinic.Contracts.Session;

namespace Clinic.Session.Service.Publishing;

/// <summary>
/// Stored event to public contract. Reasons people give, what they write, where they are, and our copies of other services' facts,
/// stay inside; so do drafts.
/// </summary>
internal static class SessionPublication
{
    public static object? Of(StoredEvent stored) => OfSession(stored.Data) ?? OfThread(stored.Data) ?? OfNote(stored.Data) ?? OfCourse(stored.Data) ?? OfPlatform(stored.Data);

    private static object? OfSession(object data) => data switch
    {
        SessionScheduled e => new Public.SessionScheduled(e.SessionId, e.ClientId, e.PractitionerId, e.Modality, e.StartsAt, e.PlannedMinutes, e.TimeZone, e.PlatformId, e.GroupId),
        SessionRescheduled e => new Public.SessionRescheduled(e.SessionId, e.ClientId, e.PractitionerId, e.StartsAt, e.PlannedMinutes, e.TimeZone),
        ClientCheckedIn e => new Public.ClientCheckedIn(e.SessionId, e.ClientId, e.Jurisdiction, e.Location is not null, e.EmergencyContactConfirmed),
        SessionGateEvaluated e => new Public.SessionGateEvaluated(e.SessionId, e.ClientId, e.Checks, e.Passed, e.Jurisdiction),
        SessionStarted e => new Public.SessionStarted(e.SessionId, e.ClientId, e.PractitionerId, e.Modality, e.StartedAt, e.CueProfile, e.GroupId),
        SessionEnded e => new Public.SessionEnded(e.SessionId, e.ClientId, e.ActualMinutes, e.Attendance, e.EndReason),
        SessionCancelled e => new Public.SessionCancelled(e.SessionId, e.ClientId, e.By, e.NoticeHours),
        SessionStopped e => new Public.SessionStopped(e.SessionId, e.ClientId, e.By, e.Status),
        NoShowRecorded e => new Public.NoShowRecorded(e.SessionId, e.ClientId, e.Party, e.GraceMinutes, e.FollowUpDue),
        DisruptionRecorded e => new Public.DisruptionRecorded(e.SessionId, e.ClientId, e.Disruption, e.Kind, e.Party, e.RecordedAt),
        Reconnected e => new Public.Reconnected(e.SessionId, e.ClientId, e.Disruption, e.Seconds),
        // without a modality there was no other way, and nothing was used
        FallbackChannelUsed { Modality: { } modality } e => new Public.FallbackChannelUsed(e.SessionId, e.ClientId, e.Disruption, modality),
        WelfareCheckDue e => new Public.WelfareCheckDue(e.SessionId, e.ClientId, e.Trigger, e.DueAt),
        WelfareCheckMissed e => new Public.WelfareCheckMissed(e.SessionId, e.ClientId, e.DueAt),
        WelfareCheckDone e => new Public.WelfareCheckDone(e.SessionId, e.ClientId, e.Outcome),
        ModalityChangeProposed e => new Public.ModalityChangeProposed(e.SessionId, e.ClientId, e.Modality, e.By),
        ModalityChangeAccepted e => new Public.ModalityChangeAccepted(e.SessionId, e.ClientId, e.Modality),
        ModalityChangeDeclined e => new Public.ModalityChangeDeclined(e.SessionId, e.ClientId, e.Modality),
        RecordingStarted e => new Public.RecordingStarted(e.SessionId, e.ClientId, e.Directives.Length),
        ColleaguesOffered e => new Public.ColleaguesOffered(e.SessionId, e.ClientId, e.Jurisdiction, e.PractitionerIds),
        RecordingStopped e => new Public.RecordingStopped(e.SessionId, e.ClientId, e.ReasonCode),
        RecordingRefused e => new Public.RecordingRefused(e.SessionId, e.ClientId, e.Missing),
        UnauthorisedParticipantDetected e => new Public.UnauthorisedParticipantDetected(e.SessionId, e.ClientId, e.Kind, e.DetectedAt),
        SessionLocked e => new Public.SessionLocked(e.SessionId, e.ClientId),
        SessionUnlocked e => new Public.SessionUnlocked(e.SessionId, e.ClientId),
        SessionHeld e => new Public.SessionHeld(e.SessionId, e.ClientId, e.ReasonCode),
        SessionHoldReleased e => new Public.SessionHoldReleased(e.SessionId, e.ClientId),
        SessionFlagged e => new Public.SessionFlagged(e.SessionId, e.ClientId, e.ReasonCode, e.EffectiveAt),
        // which language the client reads, and how they are reached, is the gateway's to know
        ReminderRequested e => new NotificationRequested(e.NotificationId, $"client:{e.ClientId}", NotificationChannels.InApp, NotificationTemplates.Appointment,
            "und", e.NotAfter, e.ClientId, e.SessionId),
        ReminderCancelled e => new NotificationCancelled(e.NotificationId, "client-stopped", e.ClientId),
        CrisisContactStarted e => new Public.CrisisContactStarted(e.ContactId, e.ClientId, e.PractitionerId, e.Modality, e.Basis, e.Jurisdiction),
        CrisisContactEnded e => new Public.CrisisContactEnded(e.ContactId, e.ClientId, e.Minutes, e.Outcome),
        RiskEventRaised e => new Public.RiskEventRaised(e.RiskId, e.ClientId, e.Source, e.Severity, e.SessionId, e.ThreadId),
        ContactTimeRecorded e => new Public.ContactTimeRecorded(e.ContactId, e.ClientId, e.PractitionerId, e.Kind, e.Minutes, e.About),
        _ => null
    };

    private static object? OfThread(object data) => data switch
    {
        ThreadOpened e => new Public.ThreadOpened(e.ThreadId, e.ClientId, e.PractitionerId, e.Channel, e.ReplyWithinHours, e.Statement, e.GroupId),
        ThreadReassigned e => new Public.ThreadReassigned(e.ThreadId, e.ClientId, e.PractitionerId, e.ReasonCode),
        ThreadReassignmentNeeded e => new Public.ThreadReassignmentNeeded(e.ThreadId, e.ClientId, e.PractitionerId, e.ReasonCode),
        ThreadClosed e => new Public.ThreadClosed(e.ThreadId, e.ClientId),
        MessageSent e => new Public.MessageSent(e.ClientId, e.ThreadId, e.MessageId, e.Direction, e.AuthorRole, e.SentAt, e.Channel, e.ContentHash, e.InReplyTo, e.TimeZone),
        MessageRetracted e => new Public.MessageRetracted(e.ClientId, e.ThreadId, e.MessageId),
        SharingLevelSet e => new Public.SharingLevelSet(e.ClientId, e.ThreadId, e.ItemId, e.Level),
        GroupEntryPosted e => new Public.GroupEntryPosted(e.ClientId, e.ThreadId, e.GroupId, e.MessageId, e.AuthorId == e.ClientId),
        GroupEntryWritten e => new Public.GroupEntryPosted(e.ClientId, e.ThreadId, e.GroupId, e.MessageId, e.AuthorId == e.ClientId),
        ThreadGapDetected e => new Public.ThreadGapDetected(e.ThreadId, e.ClientId, e.WaitingFor, e.Since),
        _ => null
    };

    private static object? OfNote(object data) => data switch
    {
        NoteSigned e => new Public.NoteSigned(e.NoteId, e.ClientId, e.Kind, e.Author, e.ContentHash, e.CosignatureNeeded, e.SessionId),
        NoteCosigned e => new Public.NoteCosigned(e.NoteId, e.ClientId, e.Cosigner, e.ContentHash),
        NoteAmended e => new Public.NoteAmended(e.NoteId, e.ClientId, e.Author, e.PreviousHash, e.ContentHash, e.CosignatureNeeded),
        PsychotherapyNoteAmended e => new Public.NoteAmended(e.NoteId, e.ClientId, e.Author, e.PreviousHash, e.ContentHash, e.CosignatureNeeded),
        NoteEnteredInError e => new Public.NoteEnteredInError(e.NoteId, e.ClientId),
        PsychotherapyNoteDenied e => new Public.PsychotherapyNoteDenied(e.NoteId, e.ClientId, e.Viewer, e.ViewerRole),
        _ => null
    };

    private static object? OfCourse(object data) => data switch
    {
        CourseEnrolled e => new Public.CourseEnrolled(e.CourseId, e.ClientId, e.Protocol, e.ProtocolVersion, e.Category, e.Modules),
        ModuleStarted e => new Public.ModuleStarted(e.CourseId, e.ClientId, e.ModuleId),
        ModuleCompleted e => new Public.ModuleCompleted(e.CourseId, e.ClientId, e.ModuleId, e.Minutes),
        CoursePaused e => new Public.CoursePaused(e.CourseId, e.ClientId),
        CourseResumed e => new Public.CourseResumed(e.CourseId, e.ClientId),
        CourseCompleted e => new Public.CourseCompleted(e.CourseId, e.ClientId),
        CourseStopped e => new Public.CourseStopped(e.CourseId, e.ClientId, e.By),
        _ => null
    };

    private static object? OfPlatform(object data) => data switch
    {
        PlatformApproved e => new Public.PlatformApproved(e.PlatformId, e.E2ee, e.CollectsForAdvertising, e.ReviewBy),
        PlatformRevoked e => new Public.PlatformRevoked(e.PlatformId, e.ReasonCode, e.FallbackPlatformId),
        _ => null
    };
}
