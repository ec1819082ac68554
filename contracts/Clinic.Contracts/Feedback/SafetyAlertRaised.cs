namespace Clinic.Contracts.Feedback;

/// <summary>An answer, or somebody who is worried, needs a human, however low the total. Raised once per response and rule.</summary>
/// <param name="ClientId">Whose answer.</param>
/// <param name="AlertId">Follows from response and rule; chosen by the sender where a person raised it.</param>
/// <param name="RuleId">Which rule: <c>phq-9-item-9</c>, <c>risk-event</c> when session reported a risk, <c>reported</c> when a person raised it here.</param>
/// <param name="ResponseId">The response, or what else was reported.</param>
/// <param name="DueAt">When a human must have acted.</param>
[Contract("feedback.safety-alert-raised.v1")]
public sealed record SafetyAlertRaised(
    string ClientId, string AlertId, string RuleId, string ResponseId, DateTimeOffset DueAt);
