namespace Clinic.Contracts.Consent;

/// <summary>
/// Ends consent from an instant on, as easily as it was given: no reason is needed, one command ends all that the client allows,
/// and sending it again changes nothing. Source: GDPR 7(3); domain rule 2.2.4.
/// </summary>
/// <param name="ClientId">Whose consent, by pseudonym.</param>
/// <param name="RequestedBy">Who asked: the client's or a proxy's id.</param>
/// <param name="Channel">How it was asked, a lower-case code such as <c>app</c>, <c>phone</c> or <c>letter</c>.</param>
/// <param name="DirectiveId">Which directive; null is every active one that allows something. What the client forbids ends by its id only.</param>
/// <param name="EffectiveAt">
/// From when; null is now. A past instant is now, too, because withdrawal does not reach back, but disclosures made since are
/// flagged.
/// </param>
/// <param name="Reason">Free text, if the client wishes; stored, never published.</param>
[Contract("consent.withdraw-consent.v1")]
public sealed record WithdrawConsent(
    string ClientId, string RequestedBy, string Channel, string? DirectiveId = null, DateTimeOffset? EffectiveAt = null,
    [property: Sensitive] string? Reason = null);
