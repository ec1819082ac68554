namespace Clinic.Contracts.Feedback;

/// <summary>An episode of care begins, or what the open one is about is said. Change is measured against its first valid scores. Without this, the first valid score begins one.</summary>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="EpisodeId">A new id begins a new episode and ends the open one; the id of the open one describes it anew.</param>
/// <param name="Problem"><c>depression</c>, <c>anxiety</c>, <c>ptsd</c> or <c>other</c>: which measures judge recovery.</param>
/// <param name="Modality">How care is given, mainly: a code such as <c>video</c> or <c>text</c>.</param>
[Contract("feedback.begin-episode.v1")]
public sealed record BeginEpisode(string ClientId, string EpisodeId, string Problem, string Modality);
