namespace Clinic.Contracts.Session;

/// <summary>Another way to meet was proposed. Declining it has no consequence (S22).</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Modality">One of <see cref="Modalities"/>.</param>
/// <param name="By"><c>client</c> or <c>practitioner</c>.</param>
[Contract("session.modality-change-proposed.v1")]
public sealed record ModalityChangeProposed(string SessionId, string ClientId, string Modality, string By);
