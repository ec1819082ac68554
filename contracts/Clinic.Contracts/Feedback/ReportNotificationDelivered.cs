namespace Clinic.Contracts.Feedback;

/// <summary>A gateway has handed a notification to its channel.</summary>
/// <param name="NotificationId">As in <c>notification.requested.v1</c>.</param>
/// <param name="Channel">The channel that took it.</param>
/// <param name="DeliveredAt">By the gateway's clock.</param>
/// <param name="GatewayRef">The gateway's own number for it, at most 64 characters.</param>
[Contract("feedback.report-notification-delivered.v1")]
public sealed record ReportNotificationDelivered(
    string NotificationId, string Channel, DateTimeOffset DeliveredAt, string? GatewayRef = null);
