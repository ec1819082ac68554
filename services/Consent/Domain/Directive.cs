using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

public enum DirectiveStatus { Proposed, Active, Refused, Withdrawn, Expired, Superseded, EnteredInError }

/// <summary>One agreement. Version counts its own changes, from 1; it is what other services order by.</summary>
/// <param name="WithdrawnFrom">From when the client wants it ended; for a withdrawal that names the past, that past instant.</param>
/// <param name="EndedFrom">Of an event, a successor or a missing reaffirmation.</param>
/// <param name="AuthorityId">The proxy authority it was signed under, until the client has reaffirmed it.</param>
/// <param name="ReaffirmFrom">From when it is held because that authority ended.</param>
public sealed record Directive(
    string Id, int Version, DirectiveStatus Status, DocumentReference Document, ConsentScope[] Scopes,
    DateTimeOffset? ValidFrom = null, DateTimeOffset? ExpiresAt = null, DateTimeOffset? WithdrawnFrom = null,
    DateTimeOffset? EndedFrom = null, string? DocumentType = null, string? ExpiryEvent = null, string? Replaces = null,
    string? AuthorityId = null, DateTimeOffset? ReaffirmFrom = null, string? ReplacedBy = null)
{
    /// <summary>Start included, end excluded. Nothing but a grant sets ValidFrom, so the unknown is inactive.</summary>
    public bool IsActiveAt(DateTimeOffset instant) =>
        Status != DirectiveStatus.EnteredInError && ValidFrom <= instant
        && !IsExpiredAt(instant) && !IsWithdrawnAt(instant) && !IsEndedAt(instant);

    public bool IsExpiredAt(DateTimeOffset instant) => ExpiresAt <= instant;

    public bool IsWithdrawnAt(DateTimeOffset instant) => WithdrawnFrom <= instant;

    public bool IsEndedAt(DateTimeOffset instant) => EndedFrom <= instant;

    /// <summary>Somebody else signed it who may no longer do so, and the client has not said yes.</summary>
    public bool IsHeldAt(DateTimeOffset instant) => ReaffirmFrom <= instant;

    /// <summary>Whether it says so at an instant: what is held allows nothing; what is forbidden stays so meanwhile.</summary>
    public bool HoldsAt(DateTimeOffset instant) => IsActiveAt(instant) && (Forbids || !IsHeldAt(instant));

    /// <summary>Now, or from its beginning on. An end that was only announced has not come.</summary>
    public bool HoldsNowOrLater(DateTimeOffset now) => ValidFrom is { } from && IsActiveAt(from > now ? from : now);

    /// <summary>Only the client lifts a denial, and by its name: no general word, no later text and nobody's silence does.</summary>
    public bool Forbids => Array.Exists(Scopes, s => s.Disclosure is { Denies: true });

    public bool Is(string documentType) => DocumentType == documentType;
}

/// <summary>Somebody who may decide for the client.</summary>
/// <param name="EndsAt">First instant at which not any more, whether or not that has been recorded.</param>
/// <param name="RecordedEnd">The end it was recorded with, whatever has ended it since.</param>
public sealed record ProxyAuthority(
    string Id, string ProxyId, string Kind, string[] ScopeLimit, DateTimeOffset? EndsAt, string EndReason, bool Ended = false,
    DateTimeOffset? ReaffirmBy = null, string? EvidenceHash = null, DateTimeOffset? RecordedEnd = null, string? TimeZone = null)
{
    public bool HoldsAt(DateTimeOffset instant) => !Ended && !(EndsAt <= instant);

    public bool MayGrant(ConsentScope[] scopes) => ScopeLimit.Length == 0 || scopes.All(s => ScopeLimit.Contains(s.Kind));
}

/// <summary>What a client asked to have restricted. Agreed, its denials are the client's own, until the client ends it.</summary>
/// <param name="RestrictedUntil">Last day of records for which it holds, once the clinic has ended it; null: for all.</param>
public sealed record Restriction(string Id, DisclosureScope[] Denials, bool? Agreed = null, string? Basis = null, bool Ended = false, DateOnly? RestrictedUntil = null)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Holds => Agreed == true && !Ended;

    /// <summary>What it forbids: of records after the clinic has ended it, nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<DisclosureScope> Forbidden => RestrictedUntil is not { } last
        ? Denials
        : Denials.Where(d => !(d.PeriodFrom > last)).Select(d => d with { PeriodTo = d.PeriodTo < last ? d.PeriodTo : last });
}
