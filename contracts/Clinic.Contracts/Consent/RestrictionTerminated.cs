namespace Clinic.Contracts.Consent;

/// <summary>
/// The clinic has ended a restriction for what is recorded from now on; for what was recorded before it holds. Source: 45 CFR
/// 164.522(a)(2)(iii).
/// </summary>
/// <param name="RestrictionId">The restriction.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RestrictedUntil">Last day (UTC) of records that stay restricted.</param>
[Contract("consent.restriction-terminated.v1")]
public sealed record RestrictionTerminated(string RestrictionId, string ClientId, DateOnly RestrictedUntil);
