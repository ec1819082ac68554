using System.Runtime.CompilerServices;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>Reads the log in commit order.</summary>
public static class LogReader
{
    private const int PageSize = 1000;

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

    /// <summary>
    /// The events after <paramref name="position"/> up to <paramref name="upTo"/>, a page at a time: while one is used, the next
    /// is decoded and the one after it read.
    /// </summary>
    /// <exception cref="UnknownEventTypeException">This build must not go past an event it does not know.</exception>
    public static async IAsyncEnumerable<LoggedEvent[]> Between(
        NpgsqlConnection connection, EventTypes types, long position, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select {Columns} from clinic.log l join public.mt_events e on e.seq_id = l.seq_id
            where l.position > $1 and l.position <= $2 order by l.position
            """, connection)
        { Parameters = { new() { Value = position }, new() { Value = upTo } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var decoding = new Queue<Task<LoggedEvent[]>>();
        var rows = new List<Row>(PageSize);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new Row(reader));
            if (rows.Count < PageSize) continue;
            decoding.Enqueue(Decode(rows));
            rows = new List<Row>(PageSize);
            if (decoding.Count > 2) yield return await decoding.Dequeue();
        }
        decoding.Enqueue(Decode(rows));
        foreach (var page in decoding) yield return await page;

        Task<LoggedEvent[]> Decode(List<Row> page) => Task.Run(() => page.Select(row => row.Decode(types)).ToArray(), ct);
    }

    private static async Task<List<T>> Read<T>(
        NpgsqlConnection connection, EventTypes types, string sql, object[] parameters, Func<NpgsqlDataReader, LoggedEvent, T> row, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        var events = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) events.Add(row(reader, new Row(reader).Decode(types)));
        return events;
    }

    /// <summary>A row as it was read; making an event of it is most of the work.</summary>
    private readonly struct Row(NpgsqlDataReader reader)
    {
        private readonly long position = reader.GetInt64(0), sequence = reader.GetInt64(4), version = reader.GetInt64(6);
        private readonly byte[] hash = reader.GetFieldValue<byte[]>(1), data = reader.GetFieldValue<byte[]>(8);
        private readonly DateTimeOffset loggedAt = StreamLoader.Instant(reader, 2), timestamp = StreamLoader.Instant(reader, 9);
        private readonly Guid id = reader.GetGuid(3);
        private readonly string stream = reader.GetString(5), type = reader.GetString(7), tenant = reader.GetString(10);
        private readonly string? user = StreamLoader.Text(reader, 11), correlation = StreamLoader.Text(reader, 12),
            causation = StreamLoader.Text(reader, 13), headers = StreamLoader.Text(reader, 14);

        public LoggedEvent Decode(EventTypes types) => new(position, hash, loggedAt, new StoredEvent(
            id, sequence, stream, version, type, types.Read(type, data), timestamp, tenant, user, correlation, causation, new StoredHeaders(headers)));
    }
}

/// <summary>A public event and its numbers.</summary>
/// <param name="Sequence">Dense per producer, from 1.</param>
/// <param name="TenantSequence">Dense per producer and tenant, from 1.</param>
public sealed record PublishedEvent(long Sequence, long TenantSequence, LoggedEvent Logged);
