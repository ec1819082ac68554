namespace Clinic.Contracts.Consent;

/// <summary>The client was given the copy, whichever way.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ContentHash">SHA-256 of what was given.</param>
[Contract("consent.provide-access.v1")]
public sealed record ProvideAccess(string RequestId, string ClientId, string ContentHash);
