namespace Clinic.Contracts.Feedback;

/// <summary>A valid score was compared with the episode's first valid one.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ResponseId">The score.</param>
/// <param name="BaselineId">The first valid response of the episode with this instrument.</param>
/// <param name="Instrument">Code of the instrument.</param>
/// <param name="EpisodeId">The episode of care.</param>
/// <param name="Delta">Score less baseline, in the score's unit; below zero means less.</param>
/// <param name="Class"><c>improved</c>, <c>none</c> or <c>deteriorated</c>: reliable change, whichever direction is better for the instrument.</param>
/// <param name="Rule">Which rule decided, for example <c>phq-9/fixed-6</c>.</param>
[Contract("feedback.change-assessed.v1")]
public sealed record ChangeAssessed(
    string ClientId, string ResponseId, string BaselineId, string Instrument, string EpisodeId, int Delta,
    string Class, string Rule);
