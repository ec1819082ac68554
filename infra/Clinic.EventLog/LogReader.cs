using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>Reads the log in commit order.</summary>
public static class LogReader
{
    private const string Columns = """
        l.position, l.event_hash, l.logged_at,
        """ + Stored;

    private const string Stored = """
         e.id, e.seq_id, e.stream_id, e.version, e.type, e.data, e.timestamp, e.tenant_id, e.user_name, e.correlation_id, e.causation_id, e.headers
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
    /// The events after <paramref name="position"/> up to <paramref name="upTo"/>, for long stretches: the log's part of them first, then the
    /// events in storage order, matched here. Two plain scans cost the server less than half of what joining them does; only what
    /// was stored early and logged late is held.
    /// </summary>
    /// <exception cref="UnknownEventTypeException">This build must not go past an event it does not know.</exception>
    public static async IAsyncEnumerable<LoggedEvent> Between(
        NpgsqlConnection connection, EventTypes types, long position, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        var entries = new List<(long Sequence, DateTimeOffset LoggedAt)>((int)(upTo - position));
        // one piece: thousands of small ones that live this long cost the garbage collector more than the reading
        var hashes = new byte[(upTo - position) * SHA256.HashSizeInBytes];
        await using (var command = new NpgsqlCommand(
            "select seq_id, event_hash, logged_at from clinic.log where position > $1 and position <= $2 order by position", connection)
        { Parameters = { new() { Value = position }, new() { Value = upTo } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
            {
                reader.GetFieldValue<byte[]>(1).CopyTo(hashes.AsSpan(entries.Count * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes));
                entries.Add((reader.GetInt64(0), StreamLoader.Instant(reader, 2)));
            }
        if (entries.Count == 0) yield break;

        var awaited = entries.ConvertAll(entry => entry.Sequence).ToHashSet();
        var early = new Dictionary<long, StoredEvent>();
        var next = 0;
        await using (var command = new NpgsqlCommand($"select {Stored} from public.mt_events e where seq_id between $1 and $2 order by seq_id", connection)
        { Parameters = { new() { Value = awaited.Min() }, new() { Value = awaited.Max() } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
            {
                var sequence = reader.GetInt64(1);
                if (next < entries.Count && sequence == entries[next].Sequence) yield return Logged(StoredFrom(reader, 0, types));
                // otherwise of another stretch, or without a position yet
                else if (awaited.Contains(sequence)) early.Add(sequence, StoredFrom(reader, 0, types));
                while (early.Count > 0 && next < entries.Count && early.Remove(entries[next].Sequence, out var stored)) yield return Logged(stored);
            }
        if (next < entries.Count) throw new InvalidOperationException($"position {position + 1 + next} has no event");

        LoggedEvent Logged(StoredEvent stored)
        {
            var hash = hashes.AsSpan(next * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes).ToArray();
            return new LoggedEvent(position + 1 + next, hash, entries[next++].LoggedAt, stored);
        }
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

    private static LoggedEvent Logged(NpgsqlDataReader reader, EventTypes types) =>
        new(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), StreamLoader.Instant(reader, 2), StoredFrom(reader, 3, types));

    private static StoredEvent StoredFrom(NpgsqlDataReader reader, int at, EventTypes types)
    {
        var type = reader.GetString(at + 4);
        return new StoredEvent(reader.GetGuid(at), reader.GetInt64(at + 1), reader.GetString(at + 2), reader.GetInt64(at + 3), type,
            types.Read(type, reader.GetFieldValue<byte[]>(at + 5)), StreamLoader.Instant(reader, at + 6), reader.GetString(at + 7),
            StreamLoader.Text(reader, at + 8), StreamLoader.Text(reader, at + 9), StreamLoader.Text(reader, at + 10), new StoredHeaders(StreamLoader.Text(reader, at + 11)));
    }
}

/// <summary>A public event and its numbers.</summary>
/// <param name="Sequence">Dense per producer, from 1.</param>
/// <param name="TenantSequence">Dense per producer and tenant, from 1.</param>
public sealed record PublishedEvent(long Sequence, long TenantSequence, LoggedEvent Logged);
