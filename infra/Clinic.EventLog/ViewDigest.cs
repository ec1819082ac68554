using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>One number for everything a view shows: two copies of a view with the same digest hold the same rows, byte for byte.</summary>
public static class ViewDigest
{
    /// <summary>SHA-256, in lower-case hex, over the rows of all its tables as JSON, ordered by that JSON; it does not depend on where rows lie.</summary>
    /// <param name="connection">One that sees every tenant.</param>
    public static Task<string> Of(NpgsqlConnection connection, Projection projection, CancellationToken ct = default) => Of(connection, projection, "views", ct);

    internal static async Task<string> Of(NpgsqlConnection connection, Projection projection, string schema, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in projection.Tables.Order(StringComparer.Ordinal))
        {
            Add(hash, table);
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    // instants are spelled in the session's zone
                    new("select set_config('timezone', 'UTC', true)"),
                    new($"select row from (select to_jsonb(t)::text as row from {schema}.{table} t) r order by row collate \"C\"")
                }
            };
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct)) Add(hash, reader.GetString(0));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
}
