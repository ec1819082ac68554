using Clinic.EventLog;
using Clinic.Session.Domain;
using Public = Clinic.Contracts.Session;

namespace Clinic.Session.Service.Publishing;

/// <summary>Stored event to public contract. Reasons people give, and our copies of other services' facts, stay inside.</summary>
internal static class SessionPublication
{
    public static object? Of(StoredEvent stored) => stored.Data switch
    {
        SessionScheduled e => new Public.SessionScheduled(e.SessionId, e.ClientId, e.PractitionerId, e.Modality, e.StartsAt, e.PlannedMinutes, e.TimeZone, e.PlatformId),
        SessionGateEvaluated e => new Public.SessionGateEvaluated(e.SessionId, e.ClientId, e.Checks, e.Passed),
        SessionStarted e => new Public.SessionStarted(e.SessionId, e.ClientId, e.PractitionerId, e.Modality, e.StartedAt),
        SessionEnded e => new Public.SessionEnded(e.SessionId, e.ClientId, e.ActualMinutes, e.Attendance, e.EndReason),
        SessionCancelled e => new Public.SessionCancelled(e.SessionId, e.ClientId, e.By, e.NoticeHours),
        SessionStopped e => new Public.SessionStopped(e.SessionId, e.ClientId, e.By, e.Status),
        _ => null
    };
}
