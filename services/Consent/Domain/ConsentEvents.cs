using Clinic.Contracts;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <param name="DocumentType">What must be complete before it can be granted; null of proposals from before documents had types.</param>
/// <param name="Replaces">The directive that ends when this one is granted.</param>
public sealed record ConsentProposed(
    string ClientId, string DirectiveId, int DirectiveVersion, DocumentReference Document, ConsentScope[] Scopes,
    string? DocumentType = null, string? Replaces = null);

/// <summary>
/// Repeats the proposal's document and scopes, so that the grant can be published and proven by itself.
/// </summary>
/// <param name="AuthorityId">The proxy authority under which somebody else signed.</param>
public sealed record ConsentGranted(
    string ClientId, string DirectiveId, int DirectiveVersion, DocumentReference Document, ConsentScope[] Scopes,
    Grantor Grantor, Signature Signature, DateTimeOffset ValidFrom, DateTimeOffset? ExpiresAt = null,
    string? ExpiryEvent = null, string? AuthorityId = null);

public sealed record ConsentRefused(string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes);

/// <param name="EffectiveAt">From when it binds; never before it was recorded.</param>
/// <param name="StatedFrom">The earlier instant that the client named: what left since is flagged, not undone.</param>
[Subject("clientId")]
public sealed record ConsentWithdrawn(
    string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes, DateTimeOffset EffectiveAt,
    string RequestedBy, string Channel, Personal<string>? Reason = null, DateTimeOffset? StatedFrom = null);

public sealed record ConsentExpired(
    string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes, string Trigger, DateTimeOffset EffectiveAt);

public sealed record ConsentSuperseded(
    string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes, string By, DateTimeOffset EffectiveAt);

[Subject("clientId")]
public sealed record ConsentEnteredInError(
    string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes, Personal<string> Reason);

/// <summary>A later version of the document asks for consent anew; this one holds until then and not longer.</summary>
/// <param name="Until">First instant at which it no longer holds.</param>
public sealed record ReconsentRequired(
    string ClientId, string DirectiveId, int DirectiveVersion, DocumentReference Document, string ReplacedBy, DateTimeOffset Until);

public sealed record ConsentReaffirmed(string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes);

/// <param name="EndsAt">First instant at which it no longer holds. It may be a majority, so it is not published.</param>
/// <param name="TimeZone">Where that midnight was taken from.</param>
public sealed record ProxyAuthorityRecorded(
    string ClientId, string AuthorityId, string ProxyId, string Kind, string EvidenceHash, string[] ScopeLimit,
    DateTimeOffset? EndsAt = null, string? EndReason = null, string? TimeZone = null);

/// <param name="ReaffirmBy">First instant at which what the proxy agreed to ends unless the client has reaffirmed it.</param>
public sealed record ProxyAuthorityEnded(
    string ClientId, string AuthorityId, string ProxyId, string ReasonCode, DateTimeOffset EffectiveAt, DateTimeOffset ReaffirmBy);

[Subject("clientId")]
public sealed record RestrictionRequested(
    string ClientId, string RestrictionId, Personal<string> Statement, DisclosureScope[] Denials);

public sealed record RestrictionDecided(string ClientId, string RestrictionId, bool Agreed, string Basis);

public sealed record RestrictionEnded(string ClientId, string RestrictionId);

/// <param name="InformedAt">When the client was told, as the clinic says.</param>
/// <param name="RestrictedUntil">Last day of records that stay restricted: the day of recording, never one before it.</param>
public sealed record RestrictionTerminated(string ClientId, string RestrictionId, DateTimeOffset InformedAt, DateOnly RestrictedUntil);

/// <summary>Intake says that this client and another are one person, or, with Linked false, that they are not.</summary>
public sealed record ClientLinkNoted(string ClientId, string OtherClientId, bool Linked);

/// <summary>In which language the client is addressed, as intake registered it.</summary>
public sealed record ClientLanguageNoted(string ClientId, string Language);
