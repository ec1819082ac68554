namespace Clinic.Contracts.Feedback;

/// <summary>A human has seen an alert and takes it on.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="AcknowledgedBy">The therapist or supervisor.</param>
[Contract("feedback.alert-acknowledged.v1")]
public sealed record AlertAcknowledged(string ClientId, string AlertId, string AcknowledgedBy);
