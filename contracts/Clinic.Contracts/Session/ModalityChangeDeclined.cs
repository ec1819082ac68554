namespace Clinic.Contracts.Session;

/// <summary>The session stays as it is, and nothing follows.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Modality">What was proposed.</param>
[Contract("session.modality-change-declined.v1")]
public sealed record ModalityChangeDeclined(string SessionId, string ClientId, string Modality);
