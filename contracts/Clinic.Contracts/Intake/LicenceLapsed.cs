namespace Clinic.Contracts.Intake;

/// <summary>A licence is no longer valid because it was not renewed or was given up.</summary>
/// <param name="PractitionerId">Whose licence.</param>
/// <param name="Jurisdiction">ISO 3166-1 or -2 code the licence was verified for.</param>
/// <param name="EffectiveAt">
/// From when; before the event was recorded when it was learned late, and then what was done meanwhile is to be looked at.
/// </param>
/// <param name="ReasonCode">Code.</param>
[Contract("intake.licence-lapsed.v1")]
public sealed record LicenceLapsed(string PractitionerId, string Jurisdiction, DateTimeOffset EffectiveAt, string ReasonCode);
