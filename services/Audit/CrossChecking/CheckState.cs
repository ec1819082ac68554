using Clinic.EventLog;
using Clinic.Proof;
using Npgsql;

namespace Clinic.Audit.CrossChecking;

/// <summary>A believed checkpoint up to which everything public has arrived here.</summary>
internal sealed record Target(string Origin, long Size, byte[] Root, DateTimeOffset SignedAt);

/// <summary>How far a service's log was compared.</summary>
/// <param name="Sequence">Every public event up to here was compared.</param>
/// <param name="Position">Where the last of them stands in audit's own log; -1 for none.</param>
internal sealed record CheckState(string Service, string Origin, long Size, byte[] Peaks, long Sequence, long Position, bool Stopped)
{
    // by one clock, the producer's: what it committed before as_of has arrived, and a checkpoint covers what was committed before it was signed
    private const string Believed = """
        from clinic.heard_checkpoint h join clinic.consumer c on c.producer = h.service
        where h.service = $1 and h.verdict in ('consistent', 'restored') and h.signed_at <= c.as_of
            and h.origin = (select l.origin from clinic.heard_checkpoint l where l.service = $1 and l.verdict in ('consistent', 'restored') order by l.number desc limit 1)
        """;

    public CompactRange Tree() => new(Size, Peaks.Chunk(MerkleHash.Size));

    /// <summary>Null before anything was compared.</summary>
    public static async Task<CheckState?> Read(NpgsqlConnection connection, string service, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select origin, size, peaks, sequence, position, stopped from clinic.cross_check where service = $1", connection)
        { Parameters = { new() { Value = service } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new CheckState(service, reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetBoolean(5))
            : null;
    }

    /// <summary>The state to go on from; a log under another name, after a restore, is compared from its beginning.</summary>
    public static async Task<CheckState?> Of(NpgsqlConnection connection, string service, CancellationToken ct)
    {
        if (await Last(connection, service, ct) is not { } last) return null;
        return await Read(connection, service, ct) is { } state && state.Origin == last.Origin ? state : new CheckState(service, last.Origin, 0, [], 0, -1, false);
    }

    /// <summary>The smallest checkpoint that is not before <paramref name="size"/>; null while there is none.</summary>
    public static Task<Target?> AtLeast(NpgsqlConnection connection, string service, long size, CancellationToken ct) =>
        One(connection, $"select h.origin, h.size, h.root, h.signed_at {Believed} and h.size >= $2 order by h.size limit 1", ct, service, size);

    /// <summary>The greatest one that one answer reaches; null when there is none after <paramref name="size"/>.</summary>
    public static Task<Target?> Within(NpgsqlConnection connection, string service, long size, long most, CancellationToken ct) =>
        One(connection, $"select h.origin, h.size, h.root, h.signed_at {Believed} and h.size > $2 and h.size <= $3 order by h.size desc limit 1", ct, service, size, size + most);

    private static Task<Target?> Last(NpgsqlConnection connection, string service, CancellationToken ct) =>
        One(connection, $"select h.origin, h.size, h.root, h.signed_at {Believed} order by h.number desc limit 1", ct, service);

    /// <summary>The new state, with the pages that led to it gone: a batch is one transaction.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Write(CheckState state, DateTimeOffset signedAt, DateTimeOffset now) =>
    [
        Sql.Statement("""
            insert into clinic.cross_check (service, origin, size, peaks, sequence, position, stopped, signed_at, began_at, checked_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
            on conflict (service) do update set origin = $2, size = $3, peaks = $4, sequence = $5, position = $6, stopped = $7, signed_at = $8, checked_at = $9,
                began_at = case when clinic.cross_check.size = 0 or clinic.cross_check.origin <> $2 then $9 else clinic.cross_check.began_at end
            """, state.Service, state.Origin, state.Size, state.Peaks, state.Sequence, state.Position, state.Stopped, signedAt, now),
        CrossCheckRows.Forget(state.Service)
    ];

    private static async Task<Target?> One(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Target(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.Instant(3)) : null;
    }
}
