namespace Clinic.Contracts.Consent;

/// <summary>
/// A directive holds from <paramref name="ValidFrom"/> (included) to <paramref name="ExpiresAt"/> (excluded).
/// </summary>
/// <param name="ClientId">Whose consent, by pseudonym.</param>
/// <param name="DirectiveId">The directive.</param>
/// <param name="DirectiveVersion">
/// Number of this directive's changes so far; a higher one overrules a lower one.
/// </param>
/// <param name="DocumentId">The text signed.</param>
/// <param name="DocumentVersion">Its version.</param>
/// <param name="Scopes">What is allowed.</param>
/// <param name="ValidFrom">First instant at which it holds.</param>
/// <param name="ExpiresAt">First instant at which it no longer holds, if any.</param>
/// <param name="ExpiryEvent">Code of the event that ends it, if one does; <see cref="ConsentExpired"/> says when it has.</param>
[Contract("consent.granted.v1")]
public sealed record ConsentGranted(
    string ClientId, string DirectiveId, int DirectiveVersion, string DocumentId, int DocumentVersion,
    ConsentScope[] Scopes, DateTimeOffset ValidFrom, DateTimeOffset? ExpiresAt = null,
    string? ExpiryEvent = null);
