using System.Runtime.CompilerServices;
using Clinic.Audit.Domain;
using Clinic.EventLog;
using Clinic.Proof;
using Npgsql;

namespace Clinic.Audit.CrossChecking;

/// <summary>What the comparison reads and writes.</summary>
internal static class CrossCheckRows
{
    public static Task<List<string>> Producers(NpgsqlConnection connection, CancellationToken ct) =>
        Rows(connection, "select producer from clinic.consumer order by 1", row => row.GetString(0), ct);

    public static Task<List<string>> Tenants(NpgsqlConnection connection, CancellationToken ct) =>
        Rows(connection, "select distinct tenant_id from public.mt_streams order by 1", row => row.GetString(0), ct);

    /// <summary>The position after the last entry that is here.</summary>
    public static async Task<long> Staged(NpgsqlConnection connection, CheckState state, CancellationToken ct) =>
        (await Rows(connection, "select coalesce(max(from_position + length(entries) / 40), $3) from clinic.cross_check_page where service = $1 and origin = $2",
            row => row.GetInt64(0), ct, state.Service, state.Origin, state.Size)).Single();

    public static Task Stage(NpgsqlConnection connection, CheckState state, long from, byte[] entries, CancellationToken ct) => Execute(connection,
        [Sql.Statement("insert into clinic.cross_check_page (service, origin, from_position, entries) values ($1, $2, $3, $4)", state.Service, state.Origin, from, entries)], ct);

    /// <summary>What was staged, of whatever log of that service.</summary>
    public static NpgsqlBatchCommand Forget(string service) => Sql.Statement("delete from clinic.cross_check_page where service = $1", service);

    /// <summary>The last position of our own log.</summary>
    public static async Task<long> Head(NpgsqlConnection connection, CancellationToken ct) =>
        (await Rows(connection, "select coalesce(max(position), -1) from clinic.log", row => row.GetInt64(0), ct)).Single();

    /// <summary>Those that are not on record.</summary>
    public static async Task<IReadOnlyList<Disagreement>> New(NpgsqlConnection connection, string service, IReadOnlyList<Disagreement> found, CancellationToken ct)
    {
        if (found.Count == 0) return [];
        var known = (await Rows(connection, "select tenant_id, why, sequence from clinic.cross_check_finding where service = $1 and sequence >= $2",
            row => (row.GetString(0), row.GetString(1), row.GetInt64(2)), ct, service, found.Min(f => f.Sequence))).ToHashSet();
        return [.. found.Where(f => !known.Contains((f.Tenant, f.Why, f.Sequence)))];
    }

    /// <summary>The entries after what was compared, a page at a time.</summary>
    public static async IAsyncEnumerable<LogEntry> Entries(NpgsqlConnection connection, CheckState state, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var next = state.Size; ;)
        {
            var page = await Rows(connection, "select entries from clinic.cross_check_page where service = $1 and origin = $2 and from_position = $3", row => row.GetFieldValue<byte[]>(0), ct,
                state.Service, state.Origin, next);
            if (page.Count == 0) yield break;
            for (var at = 0; at < page[0].Length; at += LogEntry.Size) yield return LogEntry.Parse(page[0].AsSpan(at, LogEntry.Size));
            next += page[0].Length / LogEntry.Size;
        }
    }

    /// <summary>In parts of a size that fits into memory.</summary>
    public static async IAsyncEnumerable<List<LogEntry>> Buffered(this IAsyncEnumerable<LogEntry> entries, int most, [EnumeratorCancellation] CancellationToken ct)
    {
        var part = new List<LogEntry>(most);
        await foreach (var entry in entries.WithCancellation(ct))
        {
            part.Add(entry);
            if (part.Count < most) continue;
            yield return part;
            part = new List<LogEntry>(most);
        }
        if (part.Count > 0) yield return part;
    }

    /// <summary>The next events of a producer as they were recorded: out of the log, not out of a view.</summary>
    public static Task<List<Recorded>> Recorded(NpgsqlConnection connection, string service, long after, int most, CancellationToken ct) => Rows(connection, """
        select l.position, e.tenant_id, (e.data ->> 'sequence')::bigint, e.data ->> 'eventId', e.data ->> 'eventHash', (e.data ->> 'occurredAt')::timestamptz
        from clinic.log l join public.mt_events e on e.seq_id = l.seq_id
        where l.position > $2 and e.stream_id = $1 and e.type = 'public_event_recorded' order by l.position limit $3
        """, row => new Recorded(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.Text(4), row.Instant(5)), ct, ProducerTrail.StreamId(service), after, most);

    /// <summary>The last event of a producer, not after another, that has no place in our own log yet; 0 for none. What an operator has to look at stays without one.</summary>
    public static async Task<long> LastWaiting(NpgsqlConnection connection, string service, long upTo, CancellationToken ct) => (await Rows(connection, """
        select coalesce(max(q.seq_id), 0) from clinic.log_queue q join public.mt_events e on e.seq_id = q.seq_id
        where e.stream_id = $1 and q.seq_id <= $2 and not exists (select from clinic.quarantine k where k.event_id = q.event_id)
        """, row => row.GetInt64(0), ct, ProducerTrail.StreamId(service), upTo)).Single();

    /// <summary>Everything once more when the last time is that long ago, and nothing is left to do of it.</summary>
    public static Task BeginAgain(NpgsqlConnection connection, string service, DateTimeOffset before, CancellationToken ct) => Execute(connection,
        [Sql.Statement("update clinic.cross_check set size = 0, peaks = '', sequence = 0, position = -1 where service = $1 and began_at < $2 and not stopped and size > 0", service, before), Forget(service)], ct);

    public static NpgsqlBatchCommand Finding(string service, Disagreement found) => Sql.Statement(
        "insert into clinic.cross_check_finding (tenant_id, service, why, sequence, up_to, event_id) values ($1, $2, $3, $4, $5, $6::text) on conflict do nothing",
        found.Tenant, service, found.Why, found.Sequence, found.UpTo, found.EventId);

    /// <summary>The last finding of each clinic, in words.</summary>
    public static Task<List<(string Tenant, string What)>> Findings(NpgsqlConnection connection, string service, CancellationToken ct) => Rows(connection,
        "select distinct on (tenant_id) tenant_id, why || ' ' || sequence from clinic.cross_check_finding where service = $1 order by tenant_id, number desc",
        row => (row.GetString(0), row.GetString(1)), ct, service);

    /// <summary>All or nothing: a batch is one transaction, or a part of the one around it.</summary>
    public static async Task Execute(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> statements, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<T>> Rows<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }
}
