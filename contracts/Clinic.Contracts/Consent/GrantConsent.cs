namespace Clinic.Contracts.Consent;

/// <summary>The client, or who may speak for the client, signs a proposed directive.</summary>
/// <param name="ClientId">Whose consent, by pseudonym.</param>
/// <param name="DirectiveId">The proposed directive.</param>
/// <param name="Grantor">Who signs.</param>
/// <param name="Signature">The evidence.</param>
/// <param name="ValidFrom">First instant at which it holds.</param>
/// <param name="ExpiresAt">First instant at which it no longer holds; null is until withdrawn.</param>
/// <param name="ExpiryEvent">
/// Code of the event that ends it, for example <c>end-of-treatment</c>; see <see cref="ReportExpiryEvent"/>.
/// </param>
[Contract("consent.grant-consent.v1")]
public sealed record GrantConsent(
    string ClientId, string DirectiveId, Grantor Grantor, Signature Signature, DateTimeOffset ValidFrom,
    DateTimeOffset? ExpiresAt = null, string? ExpiryEvent = null);
