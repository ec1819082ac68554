using Clinic.Contracts;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

public sealed record ConsentProposed(
    string ClientId, string DirectiveId, int DirectiveVersion, DocumentReference Document, ConsentScope[] Scopes);

/// <summary>
/// Repeats the proposal's document and scopes, so that the grant can be published and proven by itself.
/// </summary>
public sealed record ConsentGranted(
    string ClientId, string DirectiveId, int DirectiveVersion, DocumentReference Document, ConsentScope[] Scopes,
    Grantor Grantor, Signature Signature, DateTimeOffset ValidFrom, DateTimeOffset? ExpiresAt = null);

public sealed record ConsentRefused(string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes);

[Subject("clientId")]
public sealed record ConsentWithdrawn(
    string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes, DateTimeOffset EffectiveAt,
    string RequestedBy, string Channel, Personal<string>? Reason = null);

public enum DirectiveStatus { Proposed, Active, Refused, Withdrawn }

/// <summary>One agreement. Version counts its own changes, from 1; it is what other services order by.</summary>
public sealed record Directive(
    string Id, int Version, DirectiveStatus Status, DocumentReference Document, ConsentScope[] Scopes,
    DateTimeOffset? ValidFrom = null, DateTimeOffset? ExpiresAt = null, DateTimeOffset? WithdrawnFrom = null)
{
    /// <summary>Start included, end excluded. Nothing but a grant sets ValidFrom, so the unknown is inactive.</summary>
    public bool IsActiveAt(DateTimeOffset instant) =>
        ValidFrom <= instant && !IsExpiredAt(instant) && !IsWithdrawnAt(instant);

    public bool IsExpiredAt(DateTimeOffset instant) => ExpiresAt <= instant;

    public bool IsWithdrawnAt(DateTimeOffset instant) => WithdrawnFrom <= instant;
}

/// <summary>
/// Every directive of one client, in one stream: a decision reads one version, so it cannot miss a later withdrawal.
/// What held at an earlier version is the fold of the events up to it; what holds at an instant is IsActiveAt.
/// </summary>
/// <param name="Directives">Sorted by id, so that the same history always folds into the same state.</param>
public sealed record ClientConsents(string Id, string ClientId, Directive[] Directives)
{
    public long Version { get; init; }

    public static string StreamId(string clientId) => $"consents-{clientId}";

    public Directive? Find(string directiveId) => Array.Find(Directives, directive => directive.Id == directiveId);

    public IEnumerable<Directive> ActiveAt(DateTimeOffset instant) => Directives.Where(d => d.IsActiveAt(instant));

    public static ClientConsents Create(ConsentProposed e) =>
        new ClientConsents(StreamId(e.ClientId), e.ClientId, []).Apply(e);

    public ClientConsents Apply(ConsentProposed e) =>
        With(new Directive(e.DirectiveId, e.DirectiveVersion, DirectiveStatus.Proposed, e.Document, e.Scopes));

    public ClientConsents Apply(ConsentGranted e) =>
        With(new Directive(
            e.DirectiveId, e.DirectiveVersion, DirectiveStatus.Active, e.Document, e.Scopes, e.ValidFrom, e.ExpiresAt));

    public ClientConsents Apply(ConsentRefused e) =>
        With(Find(e.DirectiveId)! with { Version = e.DirectiveVersion, Status = DirectiveStatus.Refused });

    public ClientConsents Apply(ConsentWithdrawn e) =>
        With(Find(e.DirectiveId)! with
        {
            Version = e.DirectiveVersion,
            Status = DirectiveStatus.Withdrawn,
            WithdrawnFrom = e.EffectiveAt
        });

    private ClientConsents With(Directive changed) => this with
    {
        Directives =
        [
            .. Directives.Where(d => d.Id != changed.Id).Append(changed).OrderBy(d => d.Id, StringComparer.Ordinal)
        ]
    };
}
