namespace Clinic.Contracts.Intake;

/// <summary>Ends a therapist's being the client's therapist of record.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="PractitionerId">The therapist of record.</param>
[Contract("intake.release-therapist.v1")]
public sealed record ReleaseTherapist(string ClientId, string PractitionerId);
