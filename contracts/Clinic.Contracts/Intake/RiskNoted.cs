namespace Clinic.Contracts.Intake;

/// <summary>Intake knows of a risk that was seen in a session or message: triage comes before any decision about care.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="RiskId">The risk.</param>
/// <param name="Source">Code: where it was seen.</param>
/// <param name="Severity">As it was seen there.</param>
[Contract("intake.risk-noted.v1")]
public sealed record RiskNoted(string ClientId, string RiskId, string Source, string Severity);
