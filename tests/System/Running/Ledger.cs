using System.Text.Json.Nodes;
using Npgsql;

namespace Clinic.SystemTests.Running;

/// <summary>One service's database as the superuser sees it: behind every rule the service keeps.</summary>
public sealed class Ledger(string superuser)
{
    /// <summary>Every row as a JSON object.</summary>
    public async Task<List<JsonNode>> Rows(string sql, params object[] parameters)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand($"select to_jsonb(r)::text from ({sql}) r", connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<JsonNode>();
        while (await reader.ReadAsync()) rows.Add(JsonNode.Parse(reader.GetString(0))!);
        return rows;
    }

    public async Task<T> Value<T>(string sql, params object[] parameters)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many events of this type have this member.</summary>
    public Task<long> Count(string type, string member, string value, string tenant = Person.North) => Value<long>(
        "select count(*) from mt_events where type = $1 and data ->> $2 = $3 and tenant_id = $4", type, member, value, tenant);

    private async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync();
        return connection;
    }
}
