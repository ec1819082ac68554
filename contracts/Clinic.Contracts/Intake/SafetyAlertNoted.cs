namespace Clinic.Contracts.Intake;

/// <summary>Intake knows of an alert that feedback raised: triage comes before any decision about care.</summary>
/// <param name="ClientId">Whose alert.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="RuleId">Which rule raised it.</param>
/// <param name="ResponseId">The questionnaire response that raised it.</param>
/// <param name="DueAt">When a human must have acted.</param>
[Contract("intake.safety-alert-noted.v1")]
public sealed record SafetyAlertNoted(
    string ClientId, string AlertId, string RuleId, string ResponseId, DateTimeOffset DueAt);
