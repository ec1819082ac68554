namespace Clinic.Contracts.Consent;

/// <summary>The client declines a proposed directive. No reason is asked.</summary>
/// <param name="ClientId">Who declines, by pseudonym.</param>
/// <param name="DirectiveId">The proposed directive.</param>
[Contract("consent.refuse-consent.v1")]
public sealed record RefuseConsent(string ClientId, string DirectiveId);
