namespace Clinic.Contracts.Access;

/// <summary>A therapist is no longer the therapist of record and may no longer see or act on the client's record.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="PractitionerId">The former therapist.</param>
[Contract("therapist.released.v1")]
public sealed record TherapistReleased(string ClientId, string PractitionerId);
