namespace Clinic.Contracts.Intake;

/// <summary>The client has said how they would like to meet.</summary>
/// <param name="ClientId">Who.</param>
/// <param name="Modalities">Of <see cref="CareModalities"/>, the dearest first.</param>
[Contract("intake.modality-preference-set.v1")]
public sealed record ModalityPreferenceSet(string ClientId, string[] Modalities);
