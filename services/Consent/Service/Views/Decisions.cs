using Clinic.Consent.Domain;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>Every decision on a disclosure: permitted, denied, cancelled at the release.</summary>
internal static class Decisions
{
    public static Projection View { get; } = new("decisions", logged => logged.Event.Data switch
    {
        DisclosureRequested e =>
        [
            Sql.Statement("insert into views.requests (tenant_id, disclosure_id, purpose, legal_basis) values ($1, $2, $3, $4)",
                logged.Event.TenantId, e.DisclosureId, e.Purpose, e.LegalBasis)
        ],
        DisclosurePermitted e => [Insert(logged, e.ClientId, e.DisclosureId, e.RecipientId, true, null, e.DirectiveId, e.DirectiveVersion)],
        DisclosureDenied e => [Insert(logged, e.ClientId, e.DisclosureId, e.RecipientId, false, e.ReasonCode, e.DirectiveId, e.DirectiveVersion)],
        DisclosureCancelled e => [Insert(logged, e.ClientId, e.DisclosureId, e.RecipientId, false, e.ReasonCode, null, null)],
        _ => []
    })
    { Tables = ["decisions", "requests"] };

    public static Task<List<DecidedRow>> Read(Database database, string tenant, string clientId, CancellationToken ct) => database.Read(tenant, """
        select position, disclosure_id, recipient_id, decided_at, permitted, reason_code, directive_id, directive_version, purpose, legal_basis
        from views.decisions join views.requests using (tenant_id, disclosure_id) where tenant_id = $1 and client_id = $2 order by position
        """, row => new DecidedRow(row.GetInt64(0), row.GetString(1), row.GetString(2), row.Instant(3), row.GetBoolean(4), row.Text(5), row.Text(6),
            row.IsDBNull(7) ? null : row.GetInt32(7), row.GetString(8), row.GetString(9)), ct, clientId);

    private static Npgsql.NpgsqlBatchCommand Insert(
        LoggedEvent logged, string clientId, string disclosureId, string recipientId, bool permitted, string? reason, string? directiveId, int? version) => Sql.Statement("""
        insert into views.decisions (tenant_id, position, client_id, disclosure_id, recipient_id, decided_at, permitted, reason_code, directive_id, directive_version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """, logged.Event.TenantId, logged.Position, clientId, disclosureId, recipientId, logged.Event.Timestamp, permitted, reason, directiveId, version);
}

/// <summary>One decision.</summary>
internal sealed record DecidedRow(
    long Position, string DisclosureId, string RecipientId, DateTimeOffset At, bool Permitted, string? ReasonCode, string? DirectiveId, int? DirectiveVersion,
    string Purpose, string LegalBasis);
