using Clinic.Contracts;
using Npgsql;

namespace Clinic.EventLog.Keys;

/// <summary>How a service reaches its schema of database <c>vault</c>.</summary>
/// <param name="CaFile">Certificate authority of the server; null only where there is no TLS.</param>
public sealed record VaultSettings(string Host, int Port, string Name, string Service, string Password, string? CaFile = null)
{
    /// <summary>The service's login there.</summary>
    public string Role => Service + "_vault";

    /// <summary>How the login connects.</summary>
    public NpgsqlConnectionStringBuilder Connection() => new()
    {
        Host = Host,
        Port = Port,
        Database = Name,
        Username = Role,
        Password = Password,
        ApplicationName = Role,
        GssEncryptionMode = GssEncryptionMode.Disable,
        MaxPoolSize = 5,
        Timeout = 3,
        CommandTimeout = 5,
        SslMode = CaFile is null ? SslMode.Disable : SslMode.VerifyFull,
        RootCertificate = CaFile
    };
}

/// <summary>A data key as the vault holds it.</summary>
/// <param name="Wrapped">Null: destroyed.</param>
public sealed record WrappedKey(Guid Id, string KekId, byte[]? Wrapped, string Subject, string DataClass);

/// <summary>Whose keys, and which of them.</summary>
/// <param name="DataClass"><c>*</c> for every class, those of the future included.</param>
public readonly record struct KeyOwner(string Tenant, string Subject, string DataClass = KeyOwner.Every)
{
    public const string Every = "*";
}

/// <summary>The functions of a service's schema in the vault; nothing else there is open to it.</summary>
public sealed class KeyVault : IAsyncDisposable
{
    private const string Erased = "CL451";
    private readonly NpgsqlDataSource source;
    private readonly string listening;
    private readonly string schema;

    public KeyVault(VaultSettings settings)
    {
        var connection = settings.Connection();
        source = NpgsqlDataSource.Create(connection);
        connection.Pooling = false;
        connection.KeepAlive = 10;
        listening = connection.ConnectionString;
        schema = settings.Service;
    }

    /// <summary>This process, as an erasure knows it.</summary>
    public Guid Instance { get; } = Guid.NewGuid();

    /// <summary>The key a ciphertext names; null when the vault has never heard of it.</summary>
    public async Task<WrappedKey?> Find(Guid key, string tenant, string? subject, string? dataClass, CancellationToken ct) =>
        (await Read($"select * from {schema}.find_key($1, $2, $3, $4, $5)", Key, ct, Instance, key, tenant, subject, dataClass)).SingleOrDefault();

    /// <summary>The key to write with; null when there is none yet.</summary>
    /// <exception cref="PersonalDataErasedException">There never will be.</exception>
    public async Task<WrappedKey?> Of(KeyOwner owner, CancellationToken ct) =>
        (await Read($"select * from {schema}.key_of($1, $2, $3, $4)", Key, ct, Instance, owner.Tenant, owner.Subject, owner.DataClass)).SingleOrDefault();

    /// <summary>Stores a first key, unless there is one by now.</summary>
    public Task Provision(WrappedKey key, string tenant, CancellationToken ct) =>
        Read($"select {schema}.provision($1, $2, $3, $4, $5, $6)", static _ => 0, ct, key.Id, tenant, key.Subject, key.DataClass, key.KekId, key.Wrapped);

    /// <summary>From here on nobody is handed these keys. Returns what every instance has to acknowledge.</summary>
    public async Task<long> BeginErasure(IReadOnlyCollection<KeyOwner> owners, CancellationToken ct) =>
        (await Read($"select {schema}.begin_erasure($1, $2, $3)", static row => row.GetInt64(0), ct, Columns(owners))).Single();

    /// <summary>How many processes may still hold a key in memory from before that epoch.</summary>
    public async Task<long> NotAcknowledged(long epoch, TimeSpan held, CancellationToken ct) =>
        (await Read($"select {schema}.not_acknowledged($1, $2)", static row => row.GetInt64(0), ct, epoch, held)).Single();

    /// <summary>Destroys them. Returns how many keys there were; again it changes nothing.</summary>
    public async Task<long> FinishErasure(IReadOnlyCollection<KeyOwner> owners, CancellationToken ct) =>
        (await Read($"select {schema}.finish_erasure($1, $2, $3)", static row => row.GetInt64(0), ct, Columns(owners))).Single();

    /// <summary>Says that this process lives and has forgotten what was erased up to an epoch; returns the newest.</summary>
    public async Task<long> Watch(long epoch, CancellationToken ct) =>
        (await Read($"select {schema}.watch($1, $2)", static row => row.GetInt64(0), ct, Instance, epoch)).Single();

    public Task Leave(CancellationToken ct) => Read($"select {schema}.leave($1)", static _ => 0, ct, Instance);

    /// <summary>Keys wrapped with another key-encryption key than this.</summary>
    public Task<List<(string Tenant, WrappedKey Key)>> NotUnder(string kek, int limit, CancellationToken ct) =>
        Read($"select * from {schema}.keys_not_under($1, $2)", static row => (row.GetString(5), Key(row)), ct, kek, limit);

    public async Task<bool> Rewrap(Guid key, string from, string to, byte[] wrapped, CancellationToken ct) =>
        (await Read($"select {schema}.rewrap($1, $2, $3, $4)", static row => row.GetBoolean(0), ct, key, from, to, wrapped)).Single();

    /// <summary>A connection that is told of erasures.</summary>
    public async Task<NpgsqlConnection> Listen(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(listening);
        try
        {
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand($"listen {schema}_erasure", connection);
            await command.ExecuteNonQueryAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<List<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken ct, params object?[] parameters)
    {
        try
        {
            await using var command = source.CreateCommand(sql);
            foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            await using var reader = await command.ExecuteReaderAsync(ct);
            var rows = new List<T>();
            while (await reader.ReadAsync(ct)) rows.Add(map(reader));
            return rows;
        }
        catch (PostgresException e) when (e.SqlState == Erased)
        {
            throw new PersonalDataErasedException();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new PersonalDataUnavailableException(e);
        }
    }

    private static WrappedKey Key(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2), row.GetString(3), row.GetString(4));

    private static object[] Columns(IReadOnlyCollection<KeyOwner> owners) =>
        [owners.Select(o => o.Tenant).ToArray(), owners.Select(o => o.Subject).ToArray(), owners.Select(o => o.DataClass).ToArray()];
}
