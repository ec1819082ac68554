namespace Clinic.Contracts.Consent;

/// <summary>A client was given the copy that was asked for.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="ContentHash">SHA-256 of what was given.</param>
[Contract("consent.access-provided.v1")]
public sealed record AccessProvided(string RequestId, string ClientId, string ContentHash);
