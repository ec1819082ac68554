namespace Clinic.Contracts.Feedback;

/// <summary>A therapist or supervisor has acted on the alert. Nobody else may close one.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Action">What was done, at most 1000 characters. Stays with feedback.</param>
[Contract("feedback.resolve-alert.v1")]
public sealed record ResolveAlert(string AlertId, string Action);
