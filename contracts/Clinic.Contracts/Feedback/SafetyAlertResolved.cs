namespace Clinic.Contracts.Feedback;

/// <summary>A human has acted on the alert; what was done stays with feedback.</summary>
/// <param name="ClientId">Whose alert.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="ResolvedBy">The therapist or supervisor.</param>
[Contract("feedback.safety-alert-resolved.v1")]
public sealed record SafetyAlertResolved(string ClientId, string AlertId, string ResolvedBy);
