namespace Clinic.Contracts.Intake;

/// <summary>A licence that had lapsed or was suspended is valid again. Sessions held meanwhile reopen by decision, never by themselves.</summary>
/// <param name="PractitionerId">Whose licence.</param>
/// <param name="Jurisdiction">ISO 3166-1 or -2 code the licence was verified for.</param>
/// <param name="EffectiveAt">
/// From when; never before the interruption it ends.
/// </param>
/// <param name="ReasonCode">Code.</param>
[Contract("intake.licence-reinstated.v1")]
public sealed record LicenceReinstated(string PractitionerId, string Jurisdiction, DateTimeOffset EffectiveAt, string ReasonCode);
