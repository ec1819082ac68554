namespace Clinic.Contracts.Intake;

/// <summary>An erasure was asked for and the data is kept.</summary>
/// <param name="ErasureId">The erasure.</param>
/// <param name="ClientId">Whose data.</param>
/// <param name="ReasonCode"><c>legal_hold</c> or <c>retention_running</c>.</param>
/// <param name="HoldIds">The holds that stand.</param>
/// <param name="KeepUntil">When the retention period ends, where it is the reason.</param>
[Contract("intake.erasure-refused.v1")]
public sealed record ErasureRefused(string ErasureId, string ClientId, string ReasonCode, string[] HoldIds, DateTimeOffset? KeepUntil = null);
