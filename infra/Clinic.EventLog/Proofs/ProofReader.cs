using Clinic.Proof;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.EventLog.Proofs;

/// <summary>That one tree is the beginning of another (RFC 6962, 2.1.2).</summary>
public sealed record Consistency(long From, long To, byte[] FromRoot, byte[] ToRoot, byte[][] Hashes);

/// <summary>What the log of this database can prove, for anybody who may ask: tiles, checkpoints, proofs.</summary>
public sealed class ProofReader(Database database)
{
    // the checkpoint with every cosignature it has
    private const string Note = "c.note || coalesce((select string_agg(s.line, '' order by s.number) from clinic.cosignature s where s.checkpoint = c.number), '')";

    // events have no index by their id; the log has
    private const string Theirs = """
        select 1 from public.mt_events e
        where e.seq_id in (select seq_id from clinic.log where event_id = $2 union all select seq_id from clinic.log_queue where event_id = $2) and e.tenant_id = $1
        """;

    /// <summary>The last checkpoint, with its cosignatures; null before the first.</summary>
    public async Task<SignedNote?> Latest(CancellationToken ct)
    {
        await using var command = database.Reader.CreateCommand($"select {Note} from clinic.signed_checkpoint c order by c.number desc limit 1");
        return await command.ExecuteScalarAsync(ct) is string note ? SignedNote.Parse(note) : null;
    }

    /// <summary>The hashes of a tile, or its entries as a bundle; null when the log does not go so far.</summary>
    public async Task<byte[]?> Read(Tile tile, CancellationToken ct)
    {
        if (tile.Level is not { } level) return await Entries(tile, ct);
        await using var command = database.Reader.CreateCommand("select substring(hashes for $3) from clinic.tile where level = $1 and index = $2 and length(hashes) >= $3");
        foreach (object value in new object[] { level, tile.Index, tile.Width * MerkleHash.Size }) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteScalarAsync(ct) as byte[];
    }

    /// <summary>
    /// Proof that an event is in the log, under the last cosigned checkpoint that covers it, else the last signed one. Its extra
    /// data is the entry: <c>be64(seq_id) ‖ event_hash</c>, whose leaf hash is proven.
    /// </summary>
    /// <param name="patience">A new event is signed for about a second after its commit: so long it is waited for.</param>
    /// <returns>Null when this tenant has no such event.</returns>
    /// <exception cref="TimeoutException">It is not covered by a checkpoint yet.</exception>
    public async Task<LogProof?> Inclusion(string tenant, Guid eventId, TimeSpan patience, CancellationToken ct)
    {
        var until = DateTime.UtcNow + patience;
        while (true)
        {
            if ((await database.Read(tenant, Theirs, row => row.GetInt32(0), ct, eventId)).Count == 0) return null;
            await using (var connection = await database.Reader.OpenConnectionAsync(ct))
                if (await Covering(connection, eventId, ct) is var (position, entry, note))
                {
                    var size = Checkpoint.Parse(note.Text).Size;
                    var hashes = await TreeNodes.Prove(connection, node => MerkleProof.Inclusion(position, size, node), ct);
                    return new LogProof(position, hashes, note, entry.Bytes());
                }
            if (DateTime.UtcNow >= until) throw new TimeoutException("the event is not covered by a checkpoint yet");
            await Task.Delay(100, ct);
        }
    }

    /// <summary>That what the log was at one size is the beginning of what it was at another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree does not have these sizes.</exception>
    public async Task<Consistency> Consistent(long from, long to, CancellationToken ct)
    {
        await using var connection = await database.Reader.OpenConnectionAsync(ct);
        if (from < 0 || from > to || to > await TreeStore.Size(connection, ct)) throw new ArgumentOutOfRangeException(nameof(to));
        return await Between(connection, from, to, ct);
    }

    /// <inheritdoc cref="Consistent"/>
    /// <param name="connection">One that may read the tree.</param>
    public static Task<Consistency> Between(NpgsqlConnection connection, long from, long to, CancellationToken ct) => TreeNodes.Prove(connection,
        node => new Consistency(from, to, MerkleProof.Root(from, node), MerkleProof.Root(to, node), MerkleProof.Consistency(from, to, node)), ct);

    private static async Task<(long Position, LogEntry Entry, SignedNote Note)?> Covering(NpgsqlConnection connection, Guid eventId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            with e as (select position, seq_id, event_hash from clinic.log where event_id = $1),
            cosigned as (select checkpoint as number from clinic.cosignature order by checkpoint desc limit 1),
            signed as (select number from clinic.signed_checkpoint order by number desc limit 1)
            select e.position, e.seq_id, e.event_hash, {Note}
            from e, clinic.signed_checkpoint c
            where c.number in (select number from cosigned union all select number from signed) and c.size > e.position
            order by c.number = (select number from cosigned) desc nulls last limit 1
            """, connection)
        { Parameters = { new() { Value = eventId, NpgsqlDbType = NpgsqlDbType.Uuid } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? (reader.GetInt64(0), new LogEntry(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)), SignedNote.Parse(reader.GetString(3)))
            : null;
    }

    private async Task<byte[]?> Entries(Tile tile, CancellationToken ct)
    {
        await using var command = database.Reader.CreateCommand("""
            select seq_id, event_hash from clinic.log where position >= $1 and position < least($1 + $2, (select size from clinic.tree)) order by position
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tile.Index * Tile.Full });
        command.Parameters.Add(new NpgsqlParameter { Value = (long)tile.Width });
        var entries = new List<byte[]>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) entries.Add(new LogEntry(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)).Bytes());
        return entries.Count == tile.Width ? Tile.Bundle(entries) : null;
    }
}
