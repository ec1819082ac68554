using Npgsql;

namespace Clinic.EventLog;

/// <summary>A stream of which a view lacks events.</summary>
/// <param name="Position">Of the first event the view could not apply; it has skipped the stream since.</param>
/// <param name="Reason">SQLSTATE and constraint, or an exception's type.</param>
public sealed record StaleStream(string Tenant, string Stream, long Position, string Reason);

/// <summary>How far a view is, and what it lacks.</summary>
/// <param name="Position">The last position handled, -1 before the first.</param>
/// <param name="Generation">Which rebuild of it this is.</param>
public sealed record ViewState(long Position, long Generation, IReadOnlyList<StaleStream> Stale)
{
    /// <summary>Reads it with a connection that sees every tenant.</summary>
    public static async Task<ViewState> Read(NpgsqlConnection connection, string view, CancellationToken ct)
    {
        // one statement, so that position, generation and marks belong together
        await using var command = new NpgsqlCommand("""
            select c.position, c.generation, s.tenant_id, s.stream_id, s.position, s.reason
            from clinic.checkpoint c left join clinic.stale_view s on s.view = c.name where c.name = $1 order by s.position
            """, connection)
        { Parameters = { new() { Value = view } } };
        var (position, generation, stale) = (-1L, 0L, new List<StaleStream>());
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            (position, generation) = (reader.GetInt64(0), reader.GetInt64(1));
            if (!reader.IsDBNull(2)) stale.Add(new StaleStream(reader.GetString(2), reader.GetString(3), reader.GetInt64(4), reader.GetString(5)));
        }
        return new ViewState(position, generation, stale);
    }

    /// <summary>Whether a view lacks an event of any stream of a tenant.</summary>
    public static Task<bool> IsStale(Database database, string view, string tenant, CancellationToken ct) =>
        Any(database, tenant, "select 1 from clinic.stale_view where tenant_id = $1 and view = $2 limit 1", ct, view);

    /// <summary>
    /// Whether a view may lack something about one subject: it lacks events of a stream that names the subject in a member, or of
    /// one that names no subject at all and so may concern anybody.
    /// </summary>
    /// <param name="member">Member of the events' JSON that names the subject, for example <c>clientId</c>.</param>
    public static Task<bool> IsStale(Database database, string view, string tenant, string member, string subject, CancellationToken ct) =>
        Any(database, tenant, """
            select 1 from clinic.stale_view s where s.tenant_id = $1 and s.view = $2 and (
                exists (select from public.mt_events e where e.tenant_id = $1 and e.stream_id = s.stream_id and e.data ->> $3 = $4)
                or not exists (select from public.mt_events e where e.tenant_id = $1 and e.stream_id = s.stream_id and e.data ->> $3 is not null))
            limit 1
            """, ct, view, member, subject);

    private static async Task<bool> Any(Database database, string tenant, string sql, CancellationToken ct, params object?[] parameters) =>
        (await database.Read(tenant, sql, static row => row.GetInt32(0), ct, parameters)).Count > 0;
}
