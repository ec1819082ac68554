namespace Clinic.Contracts.Intake;

/// <summary>A therapist or supervisor has looked at a risk and says what must happen by when.</summary>
/// <param name="ClientId">Whose risk.</param>
/// <param name="TriageId">Chosen by the sender.</param>
/// <param name="Source">Code of what was looked at, for example <c>phq-9-item-9</c> or <c>safety-alert</c>.</param>
/// <param name="Tier">One of <see cref="RiskTiers"/>.</param>
/// <param name="ActionDueAt">When the response must have happened.</param>
[Contract("intake.triage-risk.v1")]
public sealed record TriageRisk(
    string ClientId, string TriageId, string Source, string Tier, DateTimeOffset ActionDueAt);
