namespace Clinic.Contracts.Consent;

/// <summary>
/// What was released leaves out items whose sensitivity labels the directive does not list, or that the client does
/// not share.
/// </summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">To whom.</param>
/// <param name="Labels">
/// Always empty: that something about addiction was left out is about addiction, and the recipient's own system hears this.
/// The clinic reads them in its accounting.
/// </param>
/// <param name="DirectiveId">The directive that allows the rest.</param>
/// <param name="DirectiveVersion">As it stood at the release.</param>
/// <param name="PolicyVersion">Version of the rules that decided.</param>
[Contract("consent.disclosure-redacted.v1")]
public sealed record DisclosureRedacted(
    string DisclosureId, string ClientId, string RecipientId, string[] Labels, string DirectiveId,
    int DirectiveVersion, int PolicyVersion);
