using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>Who was shown something of a client's in this service, for the client to read; the client's own looks are not news.</summary>
internal static class Looks
{
    private const int Most = 500;

    public static Projection View { get; } = new("looks", logged => logged.Event.Data is RecordViewed e && e.ViewerRole != Roles.Client
        ?
        [
            Sql.Statement("insert into views.looks (tenant_id, position, client_id, viewer, role, what, purpose, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                logged.Event.TenantId, logged.Position, e.ClientId, e.Viewer, e.ViewerRole, e.Projection, e.PurposeOfUse, logged.Event.Timestamp)
        ]
        : [])
    { Tables = ["looks"] };

    /// <summary>The latest ones, newest first.</summary>
    public static Task<List<LookRow>> Read(Database database, string tenant, string clientId, CancellationToken ct) => database.Read(tenant,
        $"select viewer, role, what, purpose, seen_at from views.looks where tenant_id = $1 and client_id = $2 order by position desc limit {Most}",
        row => new LookRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Instant(4)), ct, clientId);
}

/// <summary>One look.</summary>
internal sealed record LookRow(string Viewer, string Role, string What, string Purpose, DateTimeOffset At);
