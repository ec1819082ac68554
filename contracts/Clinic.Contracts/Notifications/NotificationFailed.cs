namespace Clinic.Contracts.Notifications;

/// <summary>A gateway says that a notification could not be sent.</summary>
/// <param name="NotificationId">The notification.</param>
/// <param name="Channel">The channel that did not take it.</param>
/// <param name="ReasonCode"><c>unreachable</c>, <c>refused</c>, <c>expired</c> or <c>gateway-error</c>.</param>
/// <param name="ClientId">The client it was for or about, as when it was requested.</param>
[Contract("notification.failed.v1")]
public sealed record NotificationFailed(
    string NotificationId, string Channel, string ReasonCode, string? ClientId = null);
