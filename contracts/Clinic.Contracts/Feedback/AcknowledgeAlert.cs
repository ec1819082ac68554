namespace Clinic.Contracts.Feedback;

/// <summary>A therapist or supervisor has seen the alert and takes it on.</summary>
/// <param name="AlertId">The alert.</param>
[Contract("feedback.acknowledge-alert.v1")]
public sealed record AcknowledgeAlert(string AlertId);
