namespace Clinic.Contracts.Notifications;

/// <summary>A gateway says that a notification has reached its channel.</summary>
/// <param name="NotificationId">The notification.</param>
/// <param name="Channel">The channel that took it.</param>
/// <param name="DeliveredAt">By the gateway's clock.</param>
/// <param name="ClientId">The client it was for or about, as when it was requested.</param>
[Contract("notification.delivered.v1")]
public sealed record NotificationDelivered(
    string NotificationId, string Channel, DateTimeOffset DeliveredAt, string? ClientId = null);
