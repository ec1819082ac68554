namespace Clinic.Contracts.Feedback;

/// <summary>Asks a client to answer a questionnaire by a certain time.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="Instrument">As in <c>feedback.submit-measure.v1</c>.</param>
/// <param name="Version">Of the questionnaire's wording.</param>
/// <param name="DueAt">In the future, within a year. One reminder follows when it has passed.</param>
[Contract("feedback.request-measure.v1")]
public sealed record RequestMeasure(
    string RequestId, string ClientId, string Instrument, string Version, DateTimeOffset DueAt);
