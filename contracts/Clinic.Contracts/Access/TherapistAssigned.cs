namespace Clinic.Contracts.Access;

/// <summary>A client has a therapist of record, who from now on may see and act on the client's record.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="PractitionerId">The therapist.</param>
[Contract("therapist.assigned.v1")]
public sealed record TherapistAssigned(string ClientId, string PractitionerId);
