namespace Clinic.Contracts.Feedback;

/// <summary>A human has acted on a deterioration or alliance alert; what was done stays with feedback. Safety alerts have <c>feedback.safety-alert-resolved.v1</c>.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="ResolvedBy">The therapist or supervisor.</param>
[Contract("feedback.alert-resolved.v1")]
public sealed record AlertResolved(string ClientId, string AlertId, string ResolvedBy);
