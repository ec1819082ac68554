namespace Clinic.Contracts.Intake;

/// <summary>An operator has looked a licence up at its register. Each look-up is a fact of its own.</summary>
/// <param name="PractitionerId">The practitioner's actor id: the subject of their access token.</param>
/// <param name="Profession">Code, for example <c>clinical-psychologist</c>.</param>
/// <param name="Number">As the register prints it.</param>
/// <param name="Jurisdiction">ISO 3166-1 or -2 code of where the licence is valid.</param>
/// <param name="Source">Code of the register that was asked, for example <c>hcpc</c>.</param>
/// <param name="ExpiresAt">First instant at which the licence is no longer valid.</param>
/// <param name="Compact">Further jurisdictions an interstate compact opens to the holder, where the register lists them.</param>
[Contract("intake.verify-licence.v1")]
public sealed record VerifyLicence(
    string PractitionerId, string Profession, string Number, string Jurisdiction, string Source,
    DateTimeOffset ExpiresAt, CompactAuthority? Compact = null);
