namespace Clinic.Contracts.Feedback;

/// <summary>A questionnaire was scored. The answers stay with feedback.</summary>
/// <param name="ClientId">Whose measure.</param>
/// <param name="ResponseId">The response.</param>
/// <param name="Instrument"><c>phq-9</c> or <c>gad-7</c>.</param>
/// <param name="ScorerVersion">Which scorer, for example <c>gad-7/1</c>.</param>
/// <param name="Validity"><c>complete</c>, <c>prorated</c> or <c>invalid</c>.</param>
/// <param name="Total">PHQ-9: 0 to 27. GAD-7: 0 to 21. Null when invalid.</param>
/// <param name="Band">The instrument's severity word; null when invalid.</param>
[Contract("feedback.measure-scored.v1")]
public sealed record MeasureScored(
    string ClientId, string ResponseId, string Instrument, string ScorerVersion, string Validity, int? Total = null,
    string? Band = null);
