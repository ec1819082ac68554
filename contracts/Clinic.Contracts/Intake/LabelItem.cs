namespace Clinic.Contracts.Intake;

/// <summary>Somebody decided that a screen or a diagnosis is more sensitive than it seemed. Labels are only ever added.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="ItemId">Id of the screen or diagnosis.</param>
/// <param name="Labels">Of <see cref="Consent.SensitivityLabels"/>.</param>
[Contract("intake.label-item.v1")]
public sealed record LabelItem(string ClientId, string ItemId, string[] Labels);
