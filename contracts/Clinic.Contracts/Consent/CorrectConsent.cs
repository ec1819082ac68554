namespace Clinic.Contracts.Consent;

/// <summary>
/// A directive should never have been recorded. It stays in the history and allows nothing, not even in hindsight.
/// </summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="DirectiveId">The directive.</param>
/// <param name="Reason">What was wrong; stored, never published.</param>
[Contract("consent.correct-consent.v1")]
public sealed record CorrectConsent(string ClientId, string DirectiveId, [property: Sensitive] string Reason);
