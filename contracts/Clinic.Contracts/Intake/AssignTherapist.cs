namespace Clinic.Contracts.Intake;

/// <summary>Makes a therapist the client's therapist of record; whoever was before is released in the same moment.</summary>
/// <param name="ClientId">A registered client, by pseudonym.</param>
/// <param name="PractitionerId">The therapist.</param>
[Contract("intake.assign-therapist.v1")]
public sealed record AssignTherapist(string ClientId, string PractitionerId);
