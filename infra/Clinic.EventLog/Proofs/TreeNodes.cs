using Clinic.Proof;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.EventLog.Proofs;

/// <summary>Makes proofs out of the stored tiles, all that one needs fetched in one round trip.</summary>
internal static class TreeNodes
{
    private static readonly byte[] Anything = new byte[MerkleHash.Size];

    /// <param name="proof">Asks for nodes; called twice, the first time to find out for which.</param>
    public static async Task<T> Prove<T>(NpgsqlConnection connection, Func<NodeAt, T> proof, CancellationToken ct)
    {
        var wanted = new HashSet<(int Level, long Index)>();
        proof((level, index) =>
        {
            wanted.Add((level / Tile.Height, (index << level % Tile.Height) / Tile.Full));
            return Anything;
        });
        var tiles = new Dictionary<(int, long), ReadOnlyMemory<byte>>();
        await using (var command = new NpgsqlCommand("select level, index, hashes from clinic.tile join unnest($1, $2) as w(level, index) using (level, index)", connection)
        {
            Parameters =
            {
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer, Value = wanted.Select(w => w.Level).ToArray() },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = wanted.Select(w => w.Index).ToArray() }
            }
        })
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) tiles[(reader.GetInt32(0), reader.GetInt64(1))] = reader.GetFieldValue<byte[]>(2);
        }
        return proof(new TileNodes((level, index) => tiles.TryGetValue((level, index), out var hashes)
            ? hashes
            : throw new IntegrityException($"tile {level}/{index} of the tree is missing")).At);
    }
}
