namespace Clinic.Contracts.Intake;

/// <summary>A clinician puts a client into the crisis pathway.</summary>
/// <param name="ClientId">Who is in crisis.</param>
/// <param name="CaseId">Chosen by the sender; with the same id it is activated once.</param>
/// <param name="Trigger">Code, for example <c>clinical-judgement</c>.</param>
[Contract("intake.activate-crisis.v1")]
public sealed record ActivateCrisis(string ClientId, string CaseId, string Trigger);
