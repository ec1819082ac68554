using System.Numerics;
using Clinic.Proof;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.EventLog.Proofs;

/// <summary>The tree in the database.</summary>
internal static class TreeStore
{
    private const int PageSize = 5000;

    public static Task<long> Size(NpgsqlConnection connection, CancellationToken ct) => Number(connection, "select size from clinic.tree", ct);

    /// <summary>How far the log goes, by its rows: the head alone can be edited.</summary>
    public static Task<long> LogSize(NpgsqlConnection connection, CancellationToken ct) =>
        Number(connection, "select coalesce(max(position) + 1, 0) from clinic.log", ct);

    /// <summary>Perfect subtrees out of the stored tiles.</summary>
    public static TileNodes Nodes(NpgsqlConnection connection) => new((level, index) =>
    {
        using var command = new NpgsqlCommand("select hashes from clinic.tile where level = $1 and index = $2", connection)
        { Parameters = { new() { Value = level }, new() { Value = index } } };
        return command.ExecuteScalar() as byte[] ?? throw new IntegrityException($"tile {level}/{index} of the tree is missing");
    });

    /// <summary>The tree as far as it was stored, ready to grow.</summary>
    public static async Task<GrowingTree> Load(NpgsqlConnection connection, CancellationToken ct)
    {
        var size = await Size(connection, ct);
        var nodes = Nodes(connection);
        var peaks = new List<byte[]>();
        for (var (from, rest) = (0L, size); rest > 0;)
        {
            var level = BitOperations.Log2((ulong)rest);
            peaks.Add(nodes.At(level, from >> level));
            from += 1L << level;
            rest -= 1L << level;
        }
        var open = new Dictionary<(int, long), List<byte>>();
        foreach (var tile in LastOfEachLevel(size))
        {
            await using var command = new NpgsqlCommand("select hashes from clinic.tile where level = $1 and index = $2", connection)
            { Parameters = { new() { Value = tile.Level!.Value }, new() { Value = tile.Index } } };
            var hashes = await command.ExecuteScalarAsync(ct) as byte[];
            if (hashes?.Length != tile.Width * MerkleHash.Size) throw new IntegrityException($"tile {tile.Level}/{tile.Index} of the tree does not have {tile.Width} hashes");
            open[(tile.Level.Value, tile.Index)] = [.. hashes];
        }
        return new GrowingTree(new CompactRange(size, peaks), open);
    }

    /// <summary>Adds the next page of the log.</summary>
    /// <returns>False when there was none.</returns>
    public static async Task<bool> Grow(NpgsqlConnection connection, GrowingTree tree, CancellationToken ct)
    {
        var from = tree.Size;
        await using (var command = new NpgsqlCommand("select position, seq_id, event_hash from clinic.log where position >= $1 order by position limit $2", connection)
        { Parameters = { new() { Value = from }, new() { Value = PageSize } } })
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                if (reader.GetInt64(0) != tree.Size) throw new IntegrityException($"position {tree.Size} of the log is missing");
                tree.Append(new LogEntry(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
            }
        }
        if (tree.Size == from) return false;
        var tiles = tree.TakeChanged();
        await using var grow = new NpgsqlCommand("select clinic.grow_tree($1, $2, $3, $4, $5)", connection)
        {
            Parameters =
            {
                new() { Value = from }, new() { Value = tree.Size },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer, Value = tiles.Select(t => t.Level).ToArray() },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = tiles.Select(t => t.Index).ToArray() },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = tiles.Select(t => t.Hashes).ToArray() }
            }
        };
        return await grow.ExecuteScalarAsync(ct) is true ? true : throw new InvalidOperationException("another process has grown the tree");
    }

    /// <summary>Keeps what was signed as a plain row.</summary>
    public static async Task Keep(NpgsqlConnection connection, Checkpoint checkpoint, SignedNote note, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into clinic.signed_checkpoint (size, root, note, signed_at) values ($1, $2, $3, $4)", connection)
        { Parameters = { new() { Value = checkpoint.Size }, new() { Value = checkpoint.Root }, new() { Value = note.ToString() }, new() { Value = now } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whether a checkpoint is kept as a row.</summary>
    public static async Task<bool> Has(NpgsqlConnection connection, Checkpoint checkpoint, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select exists (select from clinic.signed_checkpoint where size = $1 and root = $2 and starts_with(note, $3))", connection)
        { Parameters = { new() { Value = checkpoint.Size }, new() { Value = checkpoint.Root }, new() { Value = checkpoint.Text() } } };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static IEnumerable<Tile> LastOfEachLevel(long size)
    {
        for (var (level, hashes) = (0, size); hashes > 0; level++, hashes /= Tile.Full)
            if (hashes % Tile.Full is var width and > 0) yield return new Tile(level, hashes / Tile.Full, (int)width);
    }

    private static async Task<long> Number(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
