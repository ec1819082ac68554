namespace Clinic.Contracts.Feedback;

/// <summary>An episode ended, and this is what the measures say of it.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="EpisodeId">The episode.</param>
/// <param name="Outcome"><c>reliably-recovered</c>, <c>recovered</c>, <c>reliably-improved</c>, <c>no-reliable-change</c>, <c>reliably-deteriorated</c>, <c>not-a-case</c> or <c>not-measured</c>.</param>
/// <param name="Problem">As at its end.</param>
/// <param name="Modality">As at its end.</param>
[Contract("feedback.recovery-assessed.v1")]
public sealed record RecoveryAssessed(
    string ClientId, string EpisodeId, string Outcome, string? Problem = null, string? Modality = null);
