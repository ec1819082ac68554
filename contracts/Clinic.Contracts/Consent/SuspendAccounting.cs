namespace Clinic.Contracts.Consent;

/// <summary>
/// An agency asks that disclosures to it be left out of accountings for a time: 45 CFR 164.528(a)(2).
/// </summary>
/// <param name="SuspensionId">The new suspension; the same again with a writing replaces an oral one.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="AgencyId">The recipient concerned.</param>
/// <param name="Written">False: asked orally, for 30 days at most.</param>
/// <param name="Until">First instant at which it no longer holds.</param>
/// <param name="StatementHash">SHA-256 of the written statement; needed when written.</param>
[Contract("consent.suspend-accounting.v1")]
public sealed record SuspendAccounting(
    string SuspensionId, string ClientId, string AgencyId, bool Written, DateTimeOffset Until,
    string? StatementHash = null);
