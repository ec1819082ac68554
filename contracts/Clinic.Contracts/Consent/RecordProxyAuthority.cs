namespace Clinic.Contracts.Consent;

/// <summary>Somebody may decide for the client, within limits and until a date.</summary>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="AuthorityId">The new authority.</param>
/// <param name="ProxyId">Who, by pseudonym.</param>
/// <param name="Kind">One of <see cref="ProxyKinds"/>.</param>
/// <param name="EvidenceHash">SHA-256 of the evidence seen, 64 lower-case hexadecimal digits.</param>
/// <param name="ScopeLimit">Kinds of scope it is limited to, of <see cref="ScopeKinds"/>; empty is all.</param>
/// <param name="ComesOfAgeOn">For guardians: the day on which the client comes of age, where the client lives.</param>
/// <param name="TimeZone">IANA name of the time zone in which that day begins.</param>
/// <param name="ValidTo">First instant at which it no longer holds, where a date was given.</param>
[Contract("consent.record-proxy-authority.v1")]
public sealed record RecordProxyAuthority(
    string ClientId, string AuthorityId, string ProxyId, string Kind, string EvidenceHash, string[] ScopeLimit,
    DateOnly? ComesOfAgeOn = null, string? TimeZone = null, DateTimeOffset? ValidTo = null);
