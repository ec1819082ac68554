namespace Clinic.Contracts.Intake;

/// <summary>Records that a lapsed or suspended licence is valid again. Needs a look-up at the register made after the interruption began.</summary>
/// <param name="PractitionerId">Whose licence.</param>
/// <param name="Jurisdiction">The jurisdiction the licence was verified for.</param>
/// <param name="EffectiveAt">From when; not before the interruption began.</param>
/// <param name="ReasonCode">Code.</param>
[Contract("intake.reinstate-licence.v1")]
public sealed record ReinstateLicence(string PractitionerId, string Jurisdiction, DateTimeOffset EffectiveAt, string ReasonCode);
