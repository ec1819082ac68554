using Clinic.Consent.Domain;
using Clinic.Consent.Service.Timing;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>
/// Directives over all clients: which run out when, and who agreed to an earlier text; with the deadlines that make what runs out
/// say so.
/// </summary>
internal static class DirectiveIndex
{
    public static Projection View { get; } = new("directives", logged => logged.Event.Data switch
    {
        ConsentProposed e =>
        [
            Sql.Statement("""
                insert into views.directives (tenant_id, client_id, directive_id, document_id, document_version, language, status, replaces)
                values ($1, $2, $3, $4, $5, $6, 'proposed', $7)
                """, logged.Event.TenantId, e.ClientId, e.DirectiveId, e.Document.Id, e.Document.Version, e.Document.Language, e.Replaces)
        ],
        ConsentGranted e =>
        [
            Sql.Statement("update views.directives set status = 'active', expires_at = $4 where tenant_id = $1 and client_id = $2 and directive_id = $3",
                logged.Event.TenantId, e.ClientId, e.DirectiveId, e.ExpiresAt),
            .. e.ExpiresAt is { } end ? (Npgsql.NpgsqlBatchCommand[])[Deadlines.Set(logged, Expiring.Name(e.DirectiveId), end)] : []
        ],
        ReconsentRequired e =>
        [
            Sql.Statement("update views.directives set expires_at = least(expires_at, $4) where tenant_id = $1 and client_id = $2 and directive_id = $3",
                logged.Event.TenantId, e.ClientId, e.DirectiveId, e.Until),
            Deadlines.Set(logged, Expiring.ReplacedName(e.DirectiveId), e.Until)
        ],
        ConsentRefused e => [Status(logged, e.ClientId, e.DirectiveId, "refused")],
        ConsentWithdrawn e => Ended(logged, e.ClientId, e.DirectiveId, "withdrawn", e.EffectiveAt),
        ConsentExpired e => Ended(logged, e.ClientId, e.DirectiveId, "expired", e.EffectiveAt),
        ConsentSuperseded e => Ended(logged, e.ClientId, e.DirectiveId, "superseded", e.EffectiveAt),
        ConsentEnteredInError e => Ended(logged, e.ClientId, e.DirectiveId, "entered-in-error", logged.Event.Timestamp),
        ProxyAuthorityRecorded { EndsAt: { } end } e => [Deadlines.Set(logged, ProxyLapsing.Name(e.AuthorityId), end)],
        ProxyAuthorityEnded e =>
        [
            Deadlines.Clear(logged, ProxyLapsing.Name(e.AuthorityId)),
            Deadlines.Set(logged, ProxyLapsing.ReaffirmName(e.AuthorityId), e.ReaffirmBy)
        ],
        // here and not with the documents: whoever agreed to an earlier text before this one came has been seen here
        DocumentPublished e when e.Reconsent != Contracts.Consent.ReconsentPolicies.None => [Deadlines.Set(logged, Reconsenting.Name(e.DocumentVersion, e.Language), logged.Event.Timestamp)],
        _ => []
    })
    { Tables = ["directives"] };

    /// <summary>Active directives that run out within the time given, soonest first.</summary>
    public static Task<List<ExpiryRow>> RunningOut(Database database, string tenant, DateTimeOffset before, Page page, CancellationToken ct) => database.Read(tenant, """
        select client_id, directive_id, document_id, document_version, expires_at from views.directives
        where tenant_id = $1 and status = 'active' and expires_at < $2 and ($3::text is null or (expires_at, client_id, directive_id) > ($3::timestamptz, $4, $5))
        order by expires_at, client_id, directive_id limit $6
        """, row => new ExpiryRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.Instant(4)), ct, before.UtcDateTime, page.Key(0), page.Key(1), page.Key(2), page.Limit);

    public static string[] Key(ExpiryRow row) => [row.ExpiresAt.ToString("O"), row.ClientId, row.DirectiveId];

    /// <summary>Who holds to an earlier version in the same language, or has not answered it, and was not yet asked under this one.</summary>
    public static Task<List<(string ClientId, string DirectiveId)>> EarlierThan(Database database, string tenant, DocumentText text, DateTimeOffset now, CancellationToken ct) => database.Read(tenant, """
        select client_id, directive_id from views.directives d
        where tenant_id = $1 and document_id = $2 and language = $3 and document_version < $4 and (status in ('active', 'proposed') or ends_at > $5)
          and not exists (select 1 from views.directives asked where asked.tenant_id = d.tenant_id and asked.client_id = d.client_id
            and asked.directive_id = left(case when d.status = 'proposed' then coalesce(d.replaces, d.directive_id) else d.directive_id end, 52) || '-v' || $4)
        order by client_id, directive_id
        """, row => (row.GetString(0), row.GetString(1)), ct, text.DocumentId, text.Language, text.Version, now.UtcDateTime);

    private static Npgsql.NpgsqlBatchCommand Status(LoggedEvent logged, string clientId, string directiveId, string status) => Sql.Statement(
        "update views.directives set status = $4 where tenant_id = $1 and client_id = $2 and directive_id = $3", logged.Event.TenantId, clientId, directiveId, status);

    private static Npgsql.NpgsqlBatchCommand[] Ended(LoggedEvent logged, string clientId, string directiveId, string status, DateTimeOffset from) =>
    [
        Sql.Statement("update views.directives set status = $4, ends_at = least(ends_at, $5) where tenant_id = $1 and client_id = $2 and directive_id = $3",
            logged.Event.TenantId, clientId, directiveId, status, from),
        // until an end that is announced comes, it may still run out
        .. from > logged.Event.Timestamp
            ? (Npgsql.NpgsqlBatchCommand[])[]
            : [Deadlines.Clear(logged, Expiring.Name(directiveId)), Deadlines.Clear(logged, Expiring.ReplacedName(directiveId))]
    ];
}

/// <summary>One directive that runs out.</summary>
internal sealed record ExpiryRow(string ClientId, string DirectiveId, string DocumentId, int DocumentVersion, DateTimeOffset ExpiresAt);
