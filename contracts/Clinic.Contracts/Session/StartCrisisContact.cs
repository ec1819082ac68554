namespace Clinic.Contracts.Session;

/// <summary>Begins a contact in a crisis. No gate stands before it; its basis is recorded.</summary>
/// <param name="ContactId">The new contact.</param>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="Modality">One of <see cref="Modalities"/>.</param>
/// <param name="Basis">One of <see cref="CrisisBases"/>.</param>
/// <param name="Jurisdiction">Where the client is, if known: ISO 3166 country or subdivision.</param>
[Contract("session.start-crisis-contact.v1")]
public sealed record StartCrisisContact(
    string ContactId, string ClientId, string Modality, string Basis, string? Jurisdiction = null);
