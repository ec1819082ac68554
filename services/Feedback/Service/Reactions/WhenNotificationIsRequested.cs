using Clinic.Feedback.Domain;
using Clinic.Hosting;
using Clinic.Messaging;
using Outside = Clinic.Contracts.Notifications;

namespace Clinic.Feedback.Service.Reactions;

/// <summary>The register of notifications is kept here, whichever service asks: gateways answer to one door.</summary>
internal static class WhenNotificationIsRequested
{
    public static Clinic.Messaging.Reactions FollowNotifications(this Clinic.Messaging.Reactions producer, Handling handle) => producer
        .On<Outside.NotificationRequested>((e, reaction, ct) => handle.NoteNotification(reaction.Scope(Handling.Service, TimeProvider.System),
            new NoteNotification(e.NotificationId, e.Template, reaction.Producer, reaction.Message.Sequence, e.ClientId, e.CauseId, e.Recipient), ct))
        .On<Outside.NotificationCancelled>((e, reaction, ct) => handle.NoteNotificationCancelled(reaction.Scope(Handling.Service, TimeProvider.System),
            new NoteNotificationCancelled(e.NotificationId, reaction.Producer, reaction.Message.Sequence), ct));
}
