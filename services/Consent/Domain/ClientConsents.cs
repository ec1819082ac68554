namespace Clinic.Consent.Domain;

/// <summary>
/// Every directive of one client, and whatever else decides what may leave, in one stream: a decision reads one version, so it
/// cannot miss a later withdrawal. What held at an earlier version is the fold of the events up to it; what holds at an instant
/// is IsActiveAt.
/// </summary>
/// <param name="Directives">Sorted by id, so that the same history always folds into the same state.</param>
public sealed record ClientConsents(string Id, string ClientId, Directive[] Directives)
{
    public long Version { get; init; }

    public ProxyAuthority[] Authorities { get; init; } = [];

    public Restriction[] Restrictions { get; init; } = [];

    /// <summary>Other client ids of the same person, as intake knows it.</summary>
    public string[] LinkedClients { get; init; } = [];

    /// <summary>BCP 47, as intake registered it; null where it has not been heard.</summary>
    public string? Language { get; init; }

    public static string StreamId(string clientId) => $"consents-{clientId}";

    public Directive? Find(string directiveId) => Array.Find(Directives, directive => directive.Id == directiveId);

    public ProxyAuthority? Authority(string? authorityId) => Array.Find(Authorities, authority => authority.Id == authorityId);

    /// <summary>Authority of a person at an instant.</summary>
    public ProxyAuthority? AuthorityOf(string proxyId, DateTimeOffset instant) =>
        Array.Find(Authorities, authority => authority.ProxyId == proxyId && authority.HoldsAt(instant));

    /// <summary>What somebody who decides for the client may see of it: as far as the authority reaches.</summary>
    public ClientConsents SeenBy(string proxyId, DateTimeOffset instant)
    {
        var authorities = Array.FindAll(Authorities, a => a.ProxyId == proxyId && a.HoldsAt(instant));
        return this with { Directives = [.. Directives.Where(d => Array.Exists(authorities, a => a.MayGrant(d.Scopes)))] };
    }

    public IEnumerable<Directive> ActiveAt(DateTimeOffset instant) => Directives.Where(d => d.IsActiveAt(instant));

    private static ClientConsents Of(string clientId) => new(StreamId(clientId), clientId, []);

    public static ClientConsents Create(ConsentProposed e) => Of(e.ClientId).Apply(e);

    public static ClientConsents Create(ProxyAuthorityRecorded e) => Of(e.ClientId).Apply(e);

    public static ClientConsents Create(RestrictionRequested e) => Of(e.ClientId).Apply(e);

    public static ClientConsents Create(ClientLinkNoted e) => Of(e.ClientId).Apply(e);

    public static ClientConsents Create(ClientLanguageNoted e) => Of(e.ClientId).Apply(e);

    public ClientConsents Apply(ConsentProposed e) => With(new Directive(
        e.DirectiveId, e.DirectiveVersion, DirectiveStatus.Proposed, e.Document, e.Scopes, DocumentType: e.DocumentType, Replaces: e.Replaces));

    public ClientConsents Apply(ConsentGranted e) => With((Find(e.DirectiveId) ?? new Directive(e.DirectiveId, 0, default, e.Document, e.Scopes)) with
    {
        Version = e.DirectiveVersion,
        Status = DirectiveStatus.Active,
        Document = e.Document,
        Scopes = e.Scopes,
        ValidFrom = e.ValidFrom,
        ExpiresAt = e.ExpiresAt,
        ExpiryEvent = e.ExpiryEvent,
        AuthorityId = e.AuthorityId,
        // held from the end of the authority on, whether or not anybody has recorded that end by then
        ReaffirmFrom = Authority(e.AuthorityId)?.EndsAt
    });

    public ClientConsents Apply(ConsentRefused e) =>
        With(Find(e.DirectiveId)! with { Version = e.DirectiveVersion, Status = DirectiveStatus.Refused });

    public ClientConsents Apply(ConsentWithdrawn e) => With(Find(e.DirectiveId)! with
    {
        Version = e.DirectiveVersion,
        Status = DirectiveStatus.Withdrawn,
        WithdrawnFrom = e.StatedFrom ?? e.EffectiveAt
    });

    public ClientConsents Apply(ConsentExpired e) => With(Find(e.DirectiveId)! with
    {
        Version = e.DirectiveVersion,
        Status = DirectiveStatus.Expired,
        EndedFrom = Earlier(Find(e.DirectiveId)!.EndedFrom, e.EffectiveAt)
    });

    public ClientConsents Apply(ConsentSuperseded e) => With(Find(e.DirectiveId)! with
    {
        Version = e.DirectiveVersion,
        Status = DirectiveStatus.Superseded,
        EndedFrom = Earlier(Find(e.DirectiveId)!.EndedFrom, e.EffectiveAt)
    });

    public ClientConsents Apply(ConsentEnteredInError e) =>
        With(Find(e.DirectiveId)! with { Version = e.DirectiveVersion, Status = DirectiveStatus.EnteredInError });

    public ClientConsents Apply(ReconsentRequired e) => Find(e.DirectiveId) is not { } directive ? this : With(directive with
    {
        Version = e.DirectiveVersion,
        ExpiresAt = directive.ExpiresAt < e.Until ? directive.ExpiresAt : e.Until,
        ReplacedBy = e.ReplacedBy
    });

    public ClientConsents Apply(ConsentReaffirmed e) =>
        With(Find(e.DirectiveId)! with { Version = e.DirectiveVersion, AuthorityId = null, ReaffirmFrom = null });

    public ClientConsents Apply(ProxyAuthorityRecorded e) => this with
    {
        Authorities = [.. Authorities, new ProxyAuthority(e.AuthorityId, e.ProxyId, e.Kind, e.ScopeLimit, e.EndsAt, e.EndReason ?? "expired",
            EvidenceHash: e.EvidenceHash, RecordedEnd: e.EndsAt, TimeZone: e.TimeZone)]
    };

    public ClientConsents Apply(ProxyAuthorityEnded e) => this with
    {
        Authorities = [.. Authorities.Select(a => a.Id == e.AuthorityId ? a with { Ended = true, EndsAt = Earlier(a.EndsAt, e.EffectiveAt), ReaffirmBy = e.ReaffirmBy } : a)],
        Directives = [.. Directives.Select(d => d.AuthorityId == e.AuthorityId ? d with { ReaffirmFrom = Earlier(d.ReaffirmFrom, e.EffectiveAt) } : d)]
    };

    public ClientConsents Apply(RestrictionRequested e) =>
        this with { Restrictions = [.. Restrictions, new Restriction(e.RestrictionId, e.Denials)] };

    public ClientConsents Apply(RestrictionDecided e) => this with
    {
        Restrictions = [.. Restrictions.Select(r => r.Id == e.RestrictionId ? r with { Agreed = e.Agreed, Basis = e.Basis } : r)]
    };

    public ClientConsents Apply(RestrictionEnded e) =>
        this with { Restrictions = [.. Restrictions.Select(r => r.Id == e.RestrictionId ? r with { Ended = true } : r)] };

    public ClientConsents Apply(RestrictionTerminated e) => this with
    {
        Restrictions = [.. Restrictions.Select(r => r.Id == e.RestrictionId ? r with { RestrictedUntil = e.RestrictedUntil } : r)]
    };

    public ClientConsents Apply(ClientLinkNoted e) => this with
    {
        LinkedClients = [.. LinkedClients.Where(id => id != e.OtherClientId).Concat(e.Linked ? [e.OtherClientId] : []).Order(StringComparer.Ordinal)]
    };

    public ClientConsents Apply(ClientLanguageNoted e) => this with { Language = e.Language };

    // An end once told never moves away.
    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset told) => known < told ? known.Value : told;

    private ClientConsents With(Directive changed) => this with
    {
        Directives =
        [
            .. Directives.Where(d => d.Id != changed.Id).Append(changed).OrderBy(d => d.Id, StringComparer.Ordinal)
        ]
    };
}
