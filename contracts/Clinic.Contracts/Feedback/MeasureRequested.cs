namespace Clinic.Contracts.Feedback;

/// <summary>A client was asked to answer a questionnaire.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Instrument">Code of the instrument.</param>
/// <param name="Version">Of the questionnaire's wording.</param>
/// <param name="DueAt">Until when it is wanted; a reminder follows once.</param>
[Contract("feedback.measure-requested.v1")]
public sealed record MeasureRequested(
    string ClientId, string RequestId, string Instrument, string Version, DateTimeOffset DueAt);
