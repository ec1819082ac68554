namespace Clinic.Contracts.Feedback;

/// <summary>The open episode of care ends; recovery is judged.</summary>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="EpisodeId">The open one.</param>
[Contract("feedback.end-episode.v1")]
public sealed record EndEpisode(string ClientId, string EpisodeId);
