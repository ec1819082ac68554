using System.Runtime.CompilerServices;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>Reads the log in commit order.</summary>
public static class LogReader
{
    private const string Columns = """
        l.position, l.event_hash, l.logged_at, e.id, e.seq_id, e.stream_id, e.version, e.type, e.data, e.timestamp, e.tenant_id,
        e.user_name, e.correlation_id, e.causation_id, e.headers
        """;

    /// <summary>The next events after a position, at most <paramref name="limit"/>.</summary>
    /// <exception cref="UnknownEventTypeException">This build must not go past an event it does not know.</exception>
    public static Task<List<LoggedEvent>> After(NpgsqlConnection connection, EventTypes types, long position, int limit, CancellationToken ct) =>
        Read(connection, types, $"""
            select {Columns} from clinic.log l join public.mt_events e on e.seq_id = l.seq_id
            where l.position > $1 order by l.position limit $2
            """, [position, limit], (_, logged) => logged, ct);

    /// <summary>Public events again, with their numbers, in sequence order from <paramref name="from"/> to <paramref name="upTo"/>.</summary>
    public static Task<List<PublishedEvent>> Published(
        NpgsqlConnection connection, EventTypes types, long from, long upTo, int limit, CancellationToken ct) =>
        Read(connection, types, $"""
            select {Columns}, p.sequence, p.tenant_sequence
            from clinic.publication p join clinic.log l on l.position = p.position join public.mt_events e on e.seq_id = l.seq_id
            where p.sequence between $1 and $2 order by p.sequence limit $3
            """, [from, upTo, limit], (reader, logged) => new PublishedEvent(reader.GetInt64(15), reader.GetInt64(16), logged), ct);

    /// <summary>One tenant's public events again, counted in its own sequence.</summary>
    public static Task<List<PublishedEvent>> PublishedOf(
        NpgsqlConnection connection, EventTypes types, string tenant, long from, long upTo, int limit, CancellationToken ct) =>
        Read(connection, types, $"""
            select {Columns}, p.sequence, p.tenant_sequence
            from clinic.publication p join clinic.log l on l.position = p.position join public.mt_events e on e.seq_id = l.seq_id
            where p.tenant_id = $1 and p.tenant_sequence between $2 and $3 order by p.tenant_sequence limit $4
            """, [tenant, from, upTo, limit], (reader, logged) => new PublishedEvent(reader.GetInt64(15), reader.GetInt64(16), logged), ct);

    /// <summary>The events after <paramref name="position"/> up to <paramref name="upTo"/>, one by one: nothing but the current one is held.</summary>
    /// <exception cref="UnknownEventTypeException">This build must not go past an event it does not know.</exception>
    public static async IAsyncEnumerable<LoggedEvent> Between(
        NpgsqlConnection connection, EventTypes types, long position, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select {Columns} from clinic.log l join public.mt_events e on e.seq_id = l.seq_id
            where l.position > $1 and l.position <= $2 order by l.position
            """, connection)
        { Parameters = { new() { Value = position }, new() { Value = upTo } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return Logged(reader, types);
    }

    private static async Task<List<T>> Read<T>(
        NpgsqlConnection connection, EventTypes types, string sql, object[] parameters, Func<NpgsqlDataReader, LoggedEvent, T> row, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        var events = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) events.Add(row(reader, Logged(reader, types)));
        return events;
    }

    private static LoggedEvent Logged(NpgsqlDataReader reader, EventTypes types)
    {
        var type = reader.GetString(7);
        var stored = new StoredEvent(reader.GetGuid(3), reader.GetInt64(4), reader.GetString(5), reader.GetInt64(6), type,
            types.Read(type, reader.GetFieldValue<byte[]>(8)), StreamLoader.Instant(reader, 9), reader.GetString(10), StreamLoader.Text(reader, 11),
            StreamLoader.Text(reader, 12), StreamLoader.Text(reader, 13), new StoredHeaders(StreamLoader.Text(reader, 14)));
        return new LoggedEvent(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), StreamLoader.Instant(reader, 2), stored);
    }
}

/// <summary>A public event and its numbers.</summary>
/// <param name="Sequence">Dense per producer, from 1.</param>
/// <param name="TenantSequence">Dense per producer and tenant, from 1.</param>
public sealed record PublishedEvent(long Sequence, long TenantSequence, LoggedEvent Logged);
