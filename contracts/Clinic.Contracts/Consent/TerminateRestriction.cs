namespace Clinic.Contracts.Consent;

/// <summary>
/// The clinic no longer keeps a restriction it agreed to, and has told the client so. Records until the day of this command stay
/// restricted (45 CFR 164.522(a)(2)(iii)).
/// </summary>
/// <param name="RestrictionId">The restriction.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="InformedAt">When the client was told; not in the future.</param>
[Contract("consent.terminate-restriction.v1")]
public sealed record TerminateRestriction(string RestrictionId, string ClientId, DateTimeOffset InformedAt);
