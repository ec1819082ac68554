namespace Clinic.Contracts.Intake;

/// <summary>A licensing body has suspended a licence.</summary>
/// <param name="PractitionerId">Whose licence.</param>
/// <param name="Jurisdiction">ISO 3166-1 or -2 code the licence was verified for.</param>
/// <param name="EffectiveAt">
/// From when; before the event was recorded when it was learned late, and then what was done meanwhile is to be looked at.
/// </param>
/// <param name="ReasonCode">Code.</param>
[Contract("intake.licence-suspended.v1")]
public sealed record LicenceSuspended(string PractitionerId, string Jurisdiction, DateTimeOffset EffectiveAt, string ReasonCode);
