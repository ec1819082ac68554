namespace Clinic.Contracts.Consent;

/// <summary>
/// A clinician asks that records go to somebody because the law demands or allows it. Nothing leaves until somebody
/// else approves.
/// </summary>
/// <param name="DisclosureId">The new disclosure.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="RecipientId">To whom: a registered recipient.</param>
/// <param name="Purpose">One of <see cref="PurposesOfUse"/>.</param>
/// <param name="PurposeStatement">The purpose in words, as an accounting shows it.</param>
/// <param name="Categories">Record categories, 1 to 20.</param>
/// <param name="Labels">
/// The <see cref="SensitivityLabels"/> that must be included; other labelled items are left out.
/// </param>
/// <param name="PeriodFrom">First day of the records.</param>
/// <param name="PeriodTo">Last day, included.</param>
/// <param name="LegalBasis">One of <see cref="LegalBases.WithoutConsent"/>.</param>
/// <param name="BasisReference">Reference of the order, report or assessment, an id.</param>
/// <param name="BasisHash">SHA-256 of that document.</param>
[Contract("consent.disclose-without-consent.v1")]
public sealed record DiscloseWithoutConsent(
    string DisclosureId, string ClientId, string RecipientId, string Purpose,
    [property: Sensitive] string PurposeStatement, string[] Categories, string[] Labels, DateOnly PeriodFrom,
    DateOnly PeriodTo, string LegalBasis, string BasisReference, string BasisHash);
