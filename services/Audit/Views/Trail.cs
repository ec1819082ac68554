using System.Globalization;
using System.Text.Json;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Npgsql;

namespace Clinic.Audit.Views;

/// <summary>Who did what about which client, why, and under which consent: one row per public event and per look at the trail itself.</summary>
internal static class Trail
{
    public static Projection View { get; } = new("trail", logged => logged.Event.Data switch
    {
        PublicEventRecorded e => [Insert(logged, e.Producer, e.Sequence, e.Type, e.EventId, e.OccurredAt, e.Actor, e.ActorRole, e.OnBehalfOf, e.PurposeOfUse, e.EventHash, e.Body)],
        RecordsListed => [],
        AccessDenied e =>
        [
            Insert(logged, "audit", logged.Position, ContractTypes.NameOf(typeof(AccessDenied)), logged.Event.Id.ToString(), logged.Event.Timestamp, e.Who,
                e.Role, null, null, Convert.ToHexStringLower(logged.Hash), JsonSerializer.SerializeToElement(e, ContractJson.Options))
        ],
        RecordViewed e =>
        [
            Insert(logged, "audit", logged.Position, ContractTypes.NameOf(typeof(RecordViewed)), logged.Event.Id.ToString(), logged.Event.Timestamp, e.Viewer,
                e.ViewerRole, null, e.PurposeOfUse, Convert.ToHexStringLower(logged.Hash), JsonSerializer.SerializeToElement(e, ContractJson.Options))
        ],
        _ => []
    })
    { Tables = ["trail"] };

    /// <summary>What a question shows of a row; <see cref="Row(NpgsqlDataReader)"/> reads it.</summary>
    public const string Columns = """
        position, producer, sequence, type, event_id, at, actor, actor_role, on_behalf_of, purpose_of_use, client_id, directive_id, directive_version,
        disclosure_id, reason, event_hash, body
        """;

    public static Task<List<TrailRow>> Read(Database database, string tenant, string clientId, long after, Page page, CancellationToken ct) => database.Read(tenant, $"""
        select {Columns} from views.trail where tenant_id = $1 and client_id = $2 and position > $3
            and ($4::text is null or (at, producer, sequence) > ($4::timestamptz, $5, $6::bigint))
        order by at, producer, sequence limit $7
        """, Row, ct, clientId, after, page.Key(0), page.Key(1), page.Key(2), page.Limit);

    public static TrailRow Row(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.Instant(5), row.Text(6),
        row.Text(7), row.Text(8), row.Text(9), row.Text(10), row.Text(11), row.IsDBNull(12) ? null : row.GetInt32(12), row.Text(13), row.Text(14), row.Text(15),
        JsonDocument.Parse(row.GetString(16)).RootElement);

    public static string[] Key(TrailRow row) => [row.At.ToString("O"), row.Producer, row.Sequence.ToString(CultureInfo.InvariantCulture)];

    private static NpgsqlBatchCommand Insert(
        LoggedEvent logged, string producer, long sequence, string type, string eventId, DateTimeOffset at, string? actor, string? role, string? onBehalfOf,
        string? purpose, string? hash, JsonElement body)
    {
        var statement = Sql.Statement("""
            insert into views.trail (tenant_id, position, producer, sequence, type, event_id, at, actor, actor_role, on_behalf_of, purpose_of_use, client_id,
                directive_id, directive_version, disclosure_id, reason, event_hash, body)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18::jsonb)
            """, logged.Event.TenantId, logged.Position, producer, sequence, type, eventId, at, actor, role, onBehalfOf, purpose ?? Text(body, "purpose"),
            Text(body, "clientId"), Text(body, "directiveId"), Number(body, "directiveVersion"), Text(body, "disclosureId"),
            Text(body, "reasonCode") ?? Text(body, "channel") ?? Text(body, "endReason"), hash, body.GetRawText());
        return statement;
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
}

/// <summary>One line of the trail.</summary>
/// <param name="Position">Place in the audit log; page on with <c>after</c>.</param>
/// <param name="Reason">Reason code, channel or end reason, where the event has one.</param>
internal sealed record TrailRow(
    long Position, string Producer, long Sequence, string Type, string EventId, DateTimeOffset At, string? Actor, string? ActorRole, string? OnBehalfOf,
    string? PurposeOfUse, string? ClientId, string? DirectiveId, int? DirectiveVersion, string? DisclosureId, string? Reason, string? EventHash, JsonElement Body);
