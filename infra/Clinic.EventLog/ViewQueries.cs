using Npgsql;

namespace Clinic.EventLog;

/// <summary>Reads a view for one tenant.</summary>
public static class ViewQueries
{
    /// <summary>Runs a query as the app login with the tenant declared; $1 is the tenant, $2 … are <paramref name="parameters"/>.</summary>
    public static async Task<List<T>> Read<T>(
        this Database database, string tenant, string sql, Func<NpgsqlDataReader, T> map, CancellationToken ct, params object?[] parameters)
    {
        await using var connection = await database.Reader.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { AppendCommand.Declare(tenant), Sql.Statement(sql, [tenant, .. parameters]) }
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(map(reader));
        return rows;
    }

    /// <summary>Text, or null.</summary>
    public static string? Text(this NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    /// <summary>A timestamptz as an instant in UTC.</summary>
    public static DateTimeOffset Instant(this NpgsqlDataReader row, int ordinal) => new(row.GetDateTime(ordinal), TimeSpan.Zero);
}
