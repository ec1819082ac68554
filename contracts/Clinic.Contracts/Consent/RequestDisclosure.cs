namespace Clinic.Contracts.Consent;

/// <summary>A recipient asks for records of a client. The answer, permit or deny, is an event either way.</summary>
/// <param name="DisclosureId">The new disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">For whom; the sender must be this recipient's bus user.</param>
/// <param name="Purpose">One of <see cref="PurposesOfUse"/>.</param>
/// <param name="PurposeStatement">The purpose in words, as an accounting shows it to the client.</param>
/// <param name="Categories">Record categories asked for, 1 to 20; all must be allowed.</param>
/// <param name="PeriodFrom">First day of the records asked for.</param>
/// <param name="PeriodTo">Last day, included.</param>
/// <param name="LegalBasis">
/// Only <c>consent</c>: what rests on anything else is asked for by a clinician, <see cref="DiscloseWithoutConsent"/>.
/// </param>
[Contract("consent.request-disclosure.v1")]
public sealed record RequestDisclosure(
    string DisclosureId, string ClientId, string RecipientId, string Purpose, string PurposeStatement,
    string[] Categories, DateOnly PeriodFrom, DateOnly PeriodTo, string LegalBasis)
{
    /// <summary>The client's own agreement.</summary>
    public const string Consent = "consent";
}
