namespace Clinic.Contracts.Consent;

/// <summary>
/// An agency asked that disclosures to it be left out of accountings for a time. Source: 45 CFR 164.528(a)(2).
/// </summary>
/// <param name="SuspensionId">The suspension.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="AgencyId">The recipient concerned.</param>
/// <param name="Written">False: asked orally, and good for 30 days at most.</param>
/// <param name="Until">First instant at which it no longer holds.</param>
[Contract("consent.accounting-suspended.v1")]
public sealed record AccountingSuspended(
    string SuspensionId, string ClientId, string AgencyId, bool Written, DateTimeOffset Until);
