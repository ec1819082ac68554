namespace Clinic.Contracts.Consent;

/// <summary>The client agrees to what a proxy had agreed to, after the proxy's authority has ended.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="DirectiveId">Which directive; null is every one that waits for it.</param>
[Contract("consent.reaffirm-consent.v1")]
public sealed record ReaffirmConsent(string ClientId, string? DirectiveId = null);
