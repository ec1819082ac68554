namespace Clinic.Contracts.Intake;

/// <summary>Records that a licensing body has suspended a licence.</summary>
/// <param name="PractitionerId">Whose licence.</param>
/// <param name="Jurisdiction">The jurisdiction the licence was verified for.</param>
/// <param name="EffectiveAt">From when. May lie in the past: it counts from then, and nothing already done is deleted.</param>
/// <param name="ReasonCode">Code.</param>
[Contract("intake.suspend-licence.v1")]
public sealed record SuspendLicence(string PractitionerId, string Jurisdiction, DateTimeOffset EffectiveAt, string ReasonCode);
