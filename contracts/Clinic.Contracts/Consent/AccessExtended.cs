namespace Clinic.Contracts.Consent;

/// <summary>The term of a copy was extended, once. Source: 45 CFR 164.524(b)(2)(ii).</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="DueAt">By when it must be given now.</param>
[Contract("consent.access-extended.v1")]
public sealed record AccessExtended(string RequestId, string ClientId, DateTimeOffset DueAt);
