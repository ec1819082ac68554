namespace Clinic.Contracts.Intake;

/// <summary>Client and clinician have weighed the options together. Needs and preferences stay with intake.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="SharedDecisionId">The record.</param>
/// <param name="Chosen">Code of what was chosen.</param>
/// <param name="ClientAgrees">The client agrees with it.</param>
[Contract("intake.shared-decision-recorded.v1")]
public sealed record SharedDecisionRecorded(string ClientId, string SharedDecisionId, string Chosen, bool ClientAgrees);
