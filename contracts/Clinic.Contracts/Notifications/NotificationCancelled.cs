namespace Clinic.Contracts.Notifications;

/// <summary>Not to be sent any more, if it has not been sent yet.</summary>
/// <param name="NotificationId">The notification.</param>
/// <param name="ReasonCode"><c>client-stopped</c>, <c>overtaken</c> or <c>expired</c>.</param>
/// <param name="ClientId">The client it was for or about, as when it was requested.</param>
[Contract("notification.cancelled.v1")]
public sealed record NotificationCancelled(string NotificationId, string ReasonCode, string? ClientId = null);
