namespace Clinic.Contracts.Feedback;

/// <summary>Answers were entered wrongly: these take their place. The earlier ones stay on record; alerts are retracted or raised by what is true now.</summary>
/// <param name="ResponseId">Of the corrected answers, at most 48 characters.</param>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="Supersedes">The response that was wrong.</param>
/// <param name="Items">All answers, corrected, in the questionnaire's order.</param>
/// <param name="TakenAt">When it was really answered; null leaves what was said.</param>
[Contract("feedback.correct-measure.v1")]
public sealed record CorrectMeasure(
    string ResponseId, string ClientId, string Supersedes, [property: Sensitive] int?[] Items,
    DateTimeOffset? TakenAt = null);
