namespace Clinic.Contracts.Intake;

/// <summary>What client and clinician weighed together before a decision on care (S44).</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="SharedDecisionId">Chosen by the sender.</param>
/// <param name="Options">Codes of what was considered, at least two, for example <c>video</c>, <c>in-person</c>, <c>no-treatment-now</c>.</param>
/// <param name="Chosen">The one of them that client and clinician chose.</param>
/// <param name="Declined">Of <see cref="CareModalities"/>, what the client does not want.</param>
/// <param name="Preferences">The client's needs and preferences in words, at most 4000 characters. Stays with intake.</param>
/// <param name="ClientAgrees">The client agrees with what was chosen.</param>
[Contract("intake.record-shared-decision.v1")]
public sealed record RecordSharedDecision(
    string ClientId, string SharedDecisionId, string[] Options, string Chosen, string[] Declined, [property: Sensitive] string Preferences, bool ClientAgrees);
