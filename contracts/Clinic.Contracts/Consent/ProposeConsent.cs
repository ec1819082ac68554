namespace Clinic.Contracts.Consent;

/// <summary>Puts a consent document before a client. Nothing is allowed until it is granted.</summary>
/// <param name="ClientId">Who is asked, by pseudonym.</param>
/// <param name="DirectiveId">The new directive; an old one is never reopened.</param>
/// <param name="Document">The text shown.</param>
/// <param name="Scopes">What would be allowed, 1 to 20; or denied, see <see cref="DisclosureScope"/>.</param>
/// <param name="Replaces">The directive that ends when this one is granted, if any.</param>
[Contract("consent.propose-consent.v1")]
public sealed record ProposeConsent(
    string ClientId, string DirectiveId, DocumentReference Document, ConsentScope[] Scopes, string? Replaces = null);
