namespace Clinic.Contracts.Consent;

/// <summary>A recipient asked for records of a client.</summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">For whom.</param>
/// <param name="Purpose">One of <see cref="PurposesOfUse"/>.</param>
/// <param name="Categories">Record categories asked for.</param>
/// <param name="PeriodFrom">First day of the records asked for.</param>
/// <param name="PeriodTo">Last day, included.</param>
/// <param name="LegalBasis">One of <see cref="LegalBases"/>.</param>
[Contract("consent.disclosure-requested.v1")]
public sealed record DisclosureRequested(
    string DisclosureId, string ClientId, string RecipientId, string Purpose, string[] Categories, DateOnly PeriodFrom,
    DateOnly PeriodTo, string LegalBasis);
