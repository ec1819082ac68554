using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests;

/// <summary>One service's database, dropped when it is disposed.</summary>
public sealed class TestDatabase(DatabaseSettings settings, string superuser, string server) : IAsyncDisposable
{
    /// <summary>How a service reaches it.</summary>
    public DatabaseSettings Settings => settings;

    /// <summary>How the owner reaches it, for migrations and rebuilds.</summary>
    public MigrationTarget Target => new(server, settings.Service, settings.Name, settings.AppPassword, settings.WorkerPassword, Stack.Installation);

    /// <summary>The service's own three ways in. A second instance of the service makes its own from <see cref="Settings"/>.</summary>
    public Database Database { get; } = new(settings);

    /// <summary>For a program that is no service of ours.</summary>
    public string SuperuserConnection => superuser;

    /// <summary>Runs SQL as the superuser: what an attacker with the database could do, or a look behind the curtain.</summary>
    public Task AsSuperuser(string sql) => Execute(superuser, sql);

    /// <summary>The first column of every row, as the superuser.</summary>
    public async Task<List<T>> Column<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync()) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }

    /// <summary>One value, as the superuser.</summary>
    public async Task<T> Value<T>(string sql) => (await Column<T>(sql)).Single();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Execute(server, $"drop database if exists {settings.Name} with (force)");
    }

    internal static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }
}
