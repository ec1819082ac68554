namespace Clinic.Contracts.Consent;

/// <summary>A clinic's system asks how a directive stands. The answer is an event, <see cref="ConsentStatusTold"/>.</summary>
/// <param name="AskId">The new question.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="DirectiveId">Which.</param>
[Contract("consent.ask-consent-status.v1")]
public sealed record AskConsentStatus(string AskId, string ClientId, string DirectiveId);
