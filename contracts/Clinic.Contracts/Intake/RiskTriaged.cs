namespace Clinic.Contracts.Intake;

/// <summary>A clinician has set the least safety response to a risk.</summary>
/// <param name="ClientId">Whose risk.</param>
/// <param name="TriageId">The triage.</param>
/// <param name="Source">Code of what was looked at.</param>
/// <param name="Tier">One of <see cref="RiskTiers"/>.</param>
/// <param name="ClinicianId">Who decided.</param>
/// <param name="ActionDueAt">When the response must have happened.</param>
[Contract("intake.risk-triaged.v1")]
public sealed record RiskTriaged(
    string ClientId, string TriageId, string Source, string Tier, string ClinicianId, DateTimeOffset ActionDueAt);
