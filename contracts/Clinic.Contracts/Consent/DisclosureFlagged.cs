namespace Clinic.Contracts.Consent;

/// <summary>
/// Something learned later speaks against a disclosure that was made. It stays in the accounting.
/// </summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">To whom.</param>
/// <param name="DirectiveId">The directive.</param>
/// <param name="ReasonCode"><c>withdrawn_before</c> or <c>entered_in_error</c>.</param>
/// <param name="Since">From when on the directive should not have been relied on.</param>
[Contract("consent.disclosure-flagged.v1")]
public sealed record DisclosureFlagged(
    string DisclosureId, string ClientId, string RecipientId, string DirectiveId, string ReasonCode,
    DateTimeOffset Since)
{
    public const string WithdrawnBefore = "withdrawn_before";
    public const string EnteredInError = "entered_in_error";
}
