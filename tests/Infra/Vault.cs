using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Clinic.Tests.Infra;

/// <summary>A vault of its own with the schema of one service, dropped when it is disposed.</summary>
public sealed class Vault : IAsyncDisposable
{
    private static readonly KeyRing Kek = new(new NamedKey("k1", [.. Enumerable.Repeat((byte)9, 32)]));
    private readonly List<(KeyWatch Watch, KeyVault Vault)> running = [];

    private Vault(VaultTarget target) => Target = target;

    public VaultTarget Target { get; }

    public static async Task<Vault> New(Stack stack, string service = "probe")
    {
        var target = await stack.NewTarget(service);
        var server = new NpgsqlConnectionStringBuilder(target.SuperuserConnection);
        var vault = new Vault(new VaultTarget(target.SuperuserConnection,
            new VaultSettings(server.Host!, server.Port, $"v_{Guid.NewGuid():N}", service, "for-tests-only")));
        await VaultMigrator.Run(vault.Target);
        return vault;
    }

    /// <summary>A process of the service: what it keeps in memory is its own.</summary>
    public Keyring Open(IKeyWrapping? wrapping = null, TimeProvider? time = null, int? port = null)
    {
        var store = new KeyVault(Target.Settings with { Port = port ?? Target.Settings.Port });
        return new Keyring(store, new DataKeys(store, wrapping ?? new LocalKeyWrapping(() => Kek), time ?? TimeProvider.System));
    }

    /// <summary>Such a process that hears of erasures.</summary>
    public async Task<Keyring> Watching(Keyring? keys = null, params KeyOwner[] tombstones)
    {
        keys ??= Open();
        var alarms = new Alarms(NullLogger<Alarms>.Instance);
        var watch = new KeyWatch(keys.Vault, keys.Keys, _ => Task.FromResult<IReadOnlyCollection<KeyOwner>>(tombstones), alarms, NullLogger<KeyWatch>.Instance);
        running.Add((watch, keys.Vault));
        await watch.StartAsync(CancellationToken.None);
        await Eventually.True(() => keys.Keys.IsOpen, "the keys to be open");
        return keys;
    }

    public Task AsSuperuser(string sql) => Execute(Connection(Target.Settings.Name), sql);

    public async Task<T> Value<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection(Target.Settings.Name));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public string Connection(string database) =>
        new NpgsqlConnectionStringBuilder(Target.SuperuserConnection) { Database = database, Pooling = false }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        foreach (var (watch, vault) in running)
        {
            await watch.StopAsync(CancellationToken.None);
            await vault.DisposeAsync();
        }
        await Execute(Connection("postgres"), $"drop database if exists {Target.Settings.Name} with (force)");
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>One process's way to the vault and its keys in memory.</summary>
public sealed record Keyring(KeyVault Vault, DataKeys Keys)
{
    public FieldEncryption Fields { get; } = new(Keys);
}
