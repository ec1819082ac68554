namespace Clinic.Contracts.Consent;

/// <summary>A client was asked.</summary>
/// <param name="ClientId">Who, by pseudonym.</param>
/// <param name="DirectiveId">The directive.</param>
/// <param name="DirectiveVersion">Number of this directive's changes so far; 1 here.</param>
/// <param name="DocumentId">The text shown.</param>
/// <param name="DocumentVersion">Its version.</param>
/// <param name="Language">Its language.</param>
/// <param name="Scopes">What would be allowed.</param>
[Contract("consent.proposed.v1")]
public sealed record ConsentProposed(
    string ClientId, string DirectiveId, int DirectiveVersion, string DocumentId, int DocumentVersion, string Language,
    ConsentScope[] Scopes);
