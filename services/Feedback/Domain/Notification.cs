using Clinic.Contracts.Notifications;

namespace Clinic.Feedback.Domain;

/// <summary>Somebody is to be told something outside.</summary>
public sealed record NotificationRequested(
    string NotificationId, string Recipient, string Channel, string Template, string Language, DateTimeOffset NotAfter,
    string? ClientId = null, string? CauseId = null, string? Argument = null);

/// <summary>Another service asked for one.</summary>
/// <param name="Recipient">Null of one from before it was kept; those all stood in their client's course.</param>
public sealed record NotificationNoted(
    string NotificationId, string Template, string Producer, long Sequence, string? ClientId = null, string? CauseId = null, string? Recipient = null);

/// <summary>The service that asked has called it off.</summary>
public sealed record NotificationWithdrawn(string NotificationId, string Producer, long Sequence);

/// <summary>Not to be sent any more.</summary>
public sealed record NotificationCancelled(string NotificationId, string ReasonCode, string? ClientId = null);

/// <summary>A gateway says that it was sent.</summary>
/// <param name="GatewayRef">The gateway's own number for it.</param>
public sealed record NotificationDelivered(
    string NotificationId, string Channel, DateTimeOffset DeliveredAt, string? ClientId = null, string? GatewayRef = null);

/// <summary>A gateway says that it could not be sent.</summary>
public sealed record NotificationFailed(string NotificationId, string Channel, string ReasonCode, string? ClientId = null);

/// <summary>How far a notification has come.</summary>
public enum NotificationStatus { Queued, Delivered, Failed, Cancelled }

/// <summary>One notification, whichever service asked for it, until a gateway has answered.</summary>
/// <param name="Producer">The service that asked; null for this one.</param>
/// <param name="Waits">It stands in its client's course until it is settled: what goes to staff about a client does not.</param>
public sealed record Notification(
    string Id, string NotificationId, string Template, NotificationStatus Status, string? ClientId, string? CauseId, string? Producer, bool Waits)
{
    private const string Staff = "staff:";

    public long Version { get; init; }

    /// <summary>
    /// Whoever stops may still need to know where to turn, and has a right to hear that their record was opened in an emergency, or
    /// whatever else consent must tell them.
    /// </summary>
    public bool EndsWhenTheClientStops => Waits && Template != NotificationTemplates.CrisisInformation && Producer != "consent";

    public static string StreamId(string notificationId) => $"notification-{notificationId}";

    public static Notification Create(NotificationRequested e) => new(StreamId(e.NotificationId), e.NotificationId, e.Template,
        NotificationStatus.Queued, e.ClientId, e.CauseId, null, e.ClientId is not null && IsForClient(e.Recipient));

    public static Notification Create(NotificationNoted e) => new(StreamId(e.NotificationId), e.NotificationId, e.Template,
        NotificationStatus.Queued, e.ClientId, e.CauseId, e.Producer, e.ClientId is not null && (e.Recipient is null || IsForClient(e.Recipient)));

    /// <summary>Any reference that does not lead to staff: clients may have registered one of their own.</summary>
    public static bool IsForClient(string recipient) => !recipient.StartsWith(Staff, StringComparison.Ordinal);

    // the same id is the same notification
    public Notification Apply(NotificationRequested e) => this;

    public Notification Apply(NotificationCancelled e) => this with { Status = NotificationStatus.Cancelled };

    public Notification Apply(NotificationWithdrawn e) => this with { Status = NotificationStatus.Cancelled };

    // what has left has left, also when it was cancelled meanwhile
    public Notification Apply(NotificationDelivered e) => this with { Status = NotificationStatus.Delivered };

    public Notification Apply(NotificationFailed e) => this with { Status = NotificationStatus.Failed };
}
