namespace Clinic.Contracts.Feedback;

/// <summary>An episode of care began; change is measured against its first valid scores.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="EpisodeId">The episode.</param>
/// <param name="Problem"><c>depression</c>, <c>anxiety</c>, <c>ptsd</c> or <c>other</c>; null when not yet said.</param>
/// <param name="Modality">How care is given, mainly; null when not yet said.</param>
[Contract("feedback.episode-begun.v1")]
public sealed record EpisodeBegun(string ClientId, string EpisodeId, string? Problem = null, string? Modality = null);
