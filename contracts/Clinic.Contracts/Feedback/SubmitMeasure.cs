namespace Clinic.Contracts.Feedback;

/// <summary>A client's answers to an outcome questionnaire. Scored here, never by the sender.</summary>
/// <param name="ResponseId">Chosen by the sender; at most 48 characters, since alerts derive their id from it.</param>
/// <param name="ClientId">Who answered.</param>
/// <param name="Instrument"><c>phq-9</c> or <c>gad-7</c>.</param>
/// <param name="Version">Of the questionnaire's wording.</param>
/// <param name="Items">Answers of 0 to 3 in the questionnaire's order; null where one is missing.</param>
/// <param name="Language">BCP 47, in which it was answered.</param>
/// <param name="TakenAt">When it was answered, by the client's clock; null means when it was received.</param>
[Contract("feedback.submit-measure.v1")]
public sealed record SubmitMeasure(
    string ResponseId, string ClientId, string Instrument, string Version, [property: Sensitive] int?[] Items, string Language,
    DateTimeOffset? TakenAt = null);
