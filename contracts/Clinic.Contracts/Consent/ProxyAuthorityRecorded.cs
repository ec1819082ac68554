namespace Clinic.Contracts.Consent;

/// <summary>
/// Somebody may decide for the client. Until when stays with the consent service: a majority would tell a birthday.
/// </summary>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="AuthorityId">The authority.</param>
/// <param name="ProxyId">Who, by pseudonym.</param>
/// <param name="Kind">One of <see cref="ProxyKinds"/>.</param>
/// <param name="ScopeLimit">Kinds of scope it is limited to, of <see cref="ScopeKinds"/>; empty is all.</param>
[Contract("consent.proxy-authority-recorded.v1")]
public sealed record ProxyAuthorityRecorded(
    string ClientId, string AuthorityId, string ProxyId, string Kind, string[] ScopeLimit);
