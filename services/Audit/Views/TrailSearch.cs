using System.Text.Json;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Audit.Views;

/// <summary>What to look for in the trail; a null asks for nothing.</summary>
/// <param name="Types">Names of contracts, each with <c>*</c> at its end for everything that begins so.</param>
/// <param name="Practitioner">Who acted, or whom the event names.</param>
/// <param name="Failed">Only gates that were not passed.</param>
internal sealed record TrailFilter(
    string? ClientId = null, string? Actor = null, string? Practitioner = null, string? RecipientId = null, string? Producer = null, string[]? Types = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null, bool Failed = false);

/// <summary>The trail by any of its columns, in order of time; the same rows as <see cref="Trail"/>.</summary>
internal static class TrailSearch
{
    public static Task<List<TrailRow>> Find(Database database, string tenant, TrailFilter filter, Page page, CancellationToken ct) => database.Read(tenant, """
        select position, producer, sequence, type, event_id, at, actor, actor_role, on_behalf_of, purpose_of_use, client_id, directive_id, directive_version,
               disclosure_id, reason, event_hash, body
        from views.trail where tenant_id = $1
            and ($2::text is null or client_id = $2) and ($3::text is null or actor = $3)
            and ($4::text is null or actor = $4 or body ->> 'practitionerId' = $4)
            and ($5::text is null or body ->> 'recipientId' = $5) and ($6::text is null or producer = $6)
            and ($7::text[] is null or type like any ($7)) and ($8::timestamptz is null or at >= $8) and ($9::timestamptz is null or at < $9)
            and (not $10 or body ->> 'passed' = 'false' or body ->> 'outcome' = 'denied' or type like 'consent.disclosure-denied.%')
            and ($11::text is null or (at, producer, sequence) > ($11::timestamptz, $12, $13::bigint))
        order by at, producer, sequence limit $14
        """, row => new TrailRow(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.Instant(5), row.Text(6), row.Text(7),
            row.Text(8), row.Text(9), row.Text(10), row.Text(11), row.IsDBNull(12) ? null : row.GetInt32(12), row.Text(13), row.Text(14), row.Text(15),
            JsonDocument.Parse(row.GetString(16)).RootElement), ct,
        filter.ClientId, filter.Actor, filter.Practitioner, filter.RecipientId, filter.Producer, Patterns(filter.Types), filter.From, filter.To, filter.Failed,
        page.Key(0), page.Key(1), page.Key(2), page.Limit);

    /// <summary>A star at the end is the only wildcard; what LIKE would take for one is not.</summary>
    private static string[]? Patterns(string[]? types) => types is null ? null : [.. types.Select(type =>
    {
        var all = type.EndsWith('*');
        return (all ? type[..^1] : type).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)
            + (all ? "%" : "");
    })];
}
