namespace Clinic.Contracts.Feedback;

/// <summary>A gateway could not send a notification.</summary>
/// <param name="NotificationId">As in <c>notification.requested.v1</c>.</param>
/// <param name="Channel">The channel that did not take it.</param>
/// <param name="ReasonCode"><c>unreachable</c>, <c>refused</c>, <c>expired</c> or <c>gateway-error</c>.</param>
[Contract("feedback.report-notification-failed.v1")]
public sealed record ReportNotificationFailed(string NotificationId, string Channel, string ReasonCode);
