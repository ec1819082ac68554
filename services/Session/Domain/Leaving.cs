using Clinic.Contracts;

namespace Clinic.Session.Domain;

/// <summary>What must follow when a session is over or will not take place, whatever ended it.</summary>
internal static class Leaving
{
    public static object[] After(TherapySession session, string reason) =>
    [
        .. session.Recording
            ? [new RecordingStopped(session.SessionId, session.ClientId, RecordingStopped.SessionOver)]
            : Array.Empty<object>(),
        // what is still queued for the client is not sent (P11)
        .. session.Reminder is { } reminder && session.Started is null
            ? [new ReminderCancelled(session.SessionId, session.ClientId, reminder)]
            : Array.Empty<object>(),
        new ForStream(
            ClientCare.StreamId(session.ClientId), typeof(ClientCare),
            new SessionUnlisted(session.ClientId, session.SessionId, reason)),
        .. Freed(session.PractitionerId, session.Started?.EngagedOn, session.SessionId)
    ];

    public static object[] Freed(string practitionerId, DateOnly? day, string sessionId) => day is { } on
        ?
        [
            new ForStream(
                PractitionerDay.StreamId(practitionerId, on), typeof(PractitionerDay),
                new PractitionerFreed(practitionerId, on, sessionId))
        ]
        : [];
}
