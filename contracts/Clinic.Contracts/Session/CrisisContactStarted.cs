namespace Clinic.Contracts.Session;

/// <summary>
/// A clinician contacts a client in a crisis. No gate and no withdrawn consent stands in the way; the basis is on
/// record.
/// </summary>
/// <param name="ContactId">The contact.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="PractitionerId">Who.</param>
/// <param name="Modality">One of <see cref="Modalities"/>.</param>
/// <param name="Basis">One of <see cref="CrisisBases"/>.</param>
/// <param name="Jurisdiction">Where the client is, if known.</param>
[Contract("session.crisis-contact-started.v1")]
public sealed record CrisisContactStarted(
    string ContactId, string ClientId, string PractitionerId, string Modality, string Basis,
    string? Jurisdiction = null);
