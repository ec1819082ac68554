namespace Clinic.Contracts.Session;

/// <summary>The session is, from now on, held in this way.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Modality">One of <see cref="Modalities"/>.</param>
[Contract("session.modality-change-accepted.v1")]
public sealed record ModalityChangeAccepted(string SessionId, string ClientId, string Modality);
