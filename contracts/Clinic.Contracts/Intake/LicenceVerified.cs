namespace Clinic.Contracts.Intake;

/// <summary>A licence was found valid at its register. The number identifies a person and stays with intake.</summary>
/// <param name="PractitionerId">Whose licence.</param>
/// <param name="Profession">Code.</param>
/// <param name="Jurisdiction">ISO 3166-1 or -2 code of where it is valid.</param>
/// <param name="Source">Code of the register that was asked.</param>
/// <param name="CheckedAt">When.</param>
/// <param name="ExpiresAt">First instant at which the licence is no longer valid.</param>
/// <param name="Compact">Further jurisdictions an interstate compact opens, where the check found some.</param>
[Contract("intake.licence-verified.v1")]
public sealed record LicenceVerified(
    string PractitionerId, string Profession, string Jurisdiction, string Source, DateTimeOffset CheckedAt,
    DateTimeOffset ExpiresAt, CompactAuthority? Compact = null);
