namespace Clinic.Contracts.Feedback;

/// <summary>A client's answers to an outcome questionnaire. Scored here, never by the sender.</summary>
/// <param name="ResponseId">Chosen by the sender; at most 48 characters, since alerts derive their id from it.</param>
/// <param name="ClientId">Who answered.</param>
/// <param name="Instrument"><c>phq-9</c>, <c>gad-7</c>, <c>pcl-5</c>, <c>wai-sr</c>, <c>srs</c> or <c>ors</c>.</param>
/// <param name="Version">Of the questionnaire's wording.</param>
/// <param name="Items">In the questionnaire's order; null where one is missing. PHQ-9, GAD-7: 0 to 3. PCL-5: 0 to 4. WAI-SR: 1 to 5. SRS, ORS: marks on a line of 10 cm in tenths, 0 to 100 (73 means 7.3).</param>
/// <param name="Language">BCP 47, in which it was answered.</param>
/// <param name="TakenAt">When it was answered, by the client's clock; null means when it was received.</param>
/// <param name="RequestId">The request it answers; null answers the oldest for this instrument, if there is one.</param>
[Contract("feedback.submit-measure.v1")]
public sealed record SubmitMeasure(
    string ResponseId, string ClientId, string Instrument, string Version, [property: Sensitive] int?[] Items,
    string Language, DateTimeOffset? TakenAt = null, string? RequestId = null);
