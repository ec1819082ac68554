namespace Clinic.Contracts.Consent;

/// <summary>The term of the answer to an amendment was extended, once. Source: 45 CFR 164.526(b)(2)(ii).</summary>
/// <param name="AmendmentId">The request.</param>
/// <param name="ClientId">Whose record, by pseudonym.</param>
/// <param name="DueAt">By when it must be answered now.</param>
[Contract("consent.amendment-extended.v1")]
public sealed record AmendmentExtended(string AmendmentId, string ClientId, DateTimeOffset DueAt);
