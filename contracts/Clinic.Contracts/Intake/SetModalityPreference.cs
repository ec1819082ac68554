namespace Clinic.Contracts.Intake;

/// <summary>How the client would like to meet, by their own comfort (S39).</summary>
/// <param name="ClientId">Who.</param>
/// <param name="Modalities">Of <see cref="CareModalities"/>, the dearest first, each once.</param>
[Contract("intake.set-modality-preference.v1")]
public sealed record SetModalityPreference(string ClientId, string[] Modalities);
