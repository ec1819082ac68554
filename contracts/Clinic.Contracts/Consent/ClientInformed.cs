namespace Clinic.Contracts.Consent;

/// <summary>The client may now read that the glass was broken, by whom and why.</summary>
/// <param name="AccessId">The access.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
[Contract("consent.client-informed.v1")]
public sealed record ClientInformed(string AccessId, string ClientId);
