namespace Clinic.Contracts.Intake;

/// <summary>A screen was scored. The answers stay with intake; a screen never makes a diagnosis.</summary>
/// <param name="ClientId">Whose screen.</param>
/// <param name="ScreenId">The screen.</param>
/// <param name="Instrument"><c>phq-9</c> or <c>c-ssrs</c>.</param>
/// <param name="ScorerVersion">Which scorer, for example <c>phq-9/1</c>.</param>
/// <param name="Validity"><c>complete</c>, <c>prorated</c>, <c>incomplete</c> or <c>invalid</c>.</param>
/// <param name="Total">PHQ-9: 0 to 27, null when invalid. C-SSRS has none.</param>
/// <param name="Band">The instrument's severity word; null when the answers do not support one.</param>
/// <param name="ClockAhead">True when the sender's clock was ahead of this clinic's; the recorded instant counts.</param>
[Contract("intake.screening-completed.v1")]
public sealed record ScreeningCompleted(
    string ClientId, string ScreenId, string Instrument, string ScorerVersion, string Validity, int? Total = null,
    string? Band = null, bool? ClockAhead = null);
