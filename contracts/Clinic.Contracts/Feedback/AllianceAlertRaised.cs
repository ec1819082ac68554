namespace Clinic.Contracts.Feedback;

/// <summary>The working alliance looks weak or has fallen: worth talking about in the next session.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="AlertId"><c>{responseId}-{ruleId}</c>.</param>
/// <param name="RuleId"><c>srs-below-36</c> or <c>wai-sr-drop</c>.</param>
/// <param name="ResponseId">The response that shows it.</param>
/// <param name="Instrument">Code of the instrument.</param>
/// <param name="DueAt">When a human must have looked.</param>
[Contract("feedback.alliance-alert-raised.v1")]
public sealed record AllianceAlertRaised(
    string ClientId, string AlertId, string RuleId, string ResponseId, string Instrument, DateTimeOffset DueAt);
