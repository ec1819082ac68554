namespace Clinic.Contracts.Feedback;

/// <summary>A client is reliably worse than at the episode's beginning: supervision looks at it, and suitability is decided anew (P10).</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="AlertId">Follows from response and rule.</param>
/// <param name="ResponseId">The response that shows it.</param>
/// <param name="BaselineId">What it was compared with.</param>
/// <param name="Instrument">Code of the instrument.</param>
/// <param name="Delta">Score less baseline, in the score's unit.</param>
/// <param name="DueAt">When a human must have looked.</param>
[Contract("feedback.deterioration-alert-raised.v1")]
public sealed record DeteriorationAlertRaised(
    string ClientId, string AlertId, string ResponseId, string BaselineId, string Instrument, int Delta,
    DateTimeOffset DueAt);
