using Npgsql;

namespace Clinic.EventLog;

/// <summary>The connections of one service to its one database.</summary>
/// <param name="Host">Host name; with TLS it must match the server's certificate.</param>
/// <param name="CaFile">Certificate authority of the server; null only where there is no TLS.</param>
public sealed record DatabaseSettings(
    string Host, int Port, string Name, string Service, string AppPassword, string WorkerPassword, string? CaFile = null)
{
    internal const string AbandonedTransactions = "-c idle_in_transaction_session_timeout=5s";

    internal NpgsqlConnectionStringBuilder For(string role, string password)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Database = Name,
            Username = role,
            Password = password,
            ApplicationName = role,
            // no Kerberos here; trying it needs a library the runtime images lack
            GssEncryptionMode = GssEncryptionMode.Disable,
            // settings are set per transaction only, so there is nothing to reset when a connection goes back
            NoResetOnClose = true,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = 30,
            Timeout = 5,
            CommandTimeout = 15,
            // a process that is stopped amid a transaction must not hold what it has locked
            Options = AbandonedTransactions
        };
        if (CaFile is not null)
        {
            builder.SslMode = SslMode.VerifyFull;
            builder.RootCertificate = CaFile;
        }
        else
        {
            builder.SslMode = SslMode.Disable;
        }
        return builder;
    }
}

/// <summary>
/// Three ways in: <see cref="Reader"/> and <see cref="Writer"/> as the app login (one tenant per transaction),
/// <see cref="Worker"/> as the worker login (all tenants; sequencer, relay, projections, reactions).
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly string worker;

    public Database(DatabaseSettings settings)
    {
        var app = settings.For(settings.Service + "_app", settings.AppPassword);
        Reader = NpgsqlDataSource.Create(app);
        // a plan made while the tables were empty would otherwise stick to sequential scans for the life of the connection
        app.Options += " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off";
        Writer = NpgsqlDataSource.Create(app);
        var workerBuilder = settings.For(settings.Service + "_worker", settings.WorkerPassword);
        Worker = NpgsqlDataSource.Create(workerBuilder);
        workerBuilder.Pooling = false;
        // a projection must know which event's statement failed
        workerBuilder.IncludeFailedBatchedCommand = true;
        // a leader whose process is stopped must lose its lock with its session
        workerBuilder.Options += " -c idle_session_timeout=5s";
        worker = workerBuilder.ConnectionString;
    }

    public NpgsqlDataSource Reader { get; }

    public NpgsqlDataSource Writer { get; }

    public NpgsqlDataSource Worker { get; }

    /// <summary>Opens a connection of its own, for a role that is held by holding its session.</summary>
    public async Task<NpgsqlConnection> OpenDedicated(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(worker);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Reader.DisposeAsync();
        await Writer.DisposeAsync();
        await Worker.DisposeAsync();
    }
}
