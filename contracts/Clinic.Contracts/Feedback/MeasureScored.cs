namespace Clinic.Contracts.Feedback;

/// <summary>A questionnaire was scored. The answers stay with feedback.</summary>
/// <param name="ClientId">Whose measure.</param>
/// <param name="ResponseId">The response.</param>
/// <param name="Instrument"><c>phq-9</c>, <c>gad-7</c>, <c>pcl-5</c>, <c>wai-sr</c>, <c>srs</c> or <c>ors</c>.</param>
/// <param name="ScorerVersion">Which scorer, for example <c>gad-7/1</c>.</param>
/// <param name="Validity"><c>complete</c>, <c>prorated</c> or <c>invalid</c>.</param>
/// <param name="Total">In the unit; null when invalid. PHQ-9: 0 to 27. GAD-7: 0 to 21. PCL-5: 0 to 80. WAI-SR: 12 to 60. SRS, ORS: 0 to 400 tenths.</param>
/// <param name="Band">The instrument's severity word; null when invalid or when the instrument has none.</param>
/// <param name="Unit"><c>tenths</c> where 359 means 35.9; null for whole points.</param>
/// <param name="Subscales">Parts the instrument reports beside the total; null when it has none.</param>
/// <param name="Supersedes">The response this one corrects; null for a first answer.</param>
[Contract("feedback.measure-scored.v1")]
public sealed record MeasureScored(
    string ClientId, string ResponseId, string Instrument, string ScorerVersion, string Validity, int? Total = null,
    string? Band = null, string? Unit = null, SubscaleTotal[]? Subscales = null, string? Supersedes = null);

/// <summary>Part of an instrument that is reported beside the total.</summary>
/// <param name="Code">For example <c>bond</c>.</param>
/// <param name="Total">In the unit of the score; null when too much of it is missing.</param>
public sealed record SubscaleTotal(string Code, int? Total = null);
