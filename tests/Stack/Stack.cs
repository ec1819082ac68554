using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests;

/// <summary>Real PostgreSQL and RabbitMQ for a test assembly; started when the first test asks. Use as an assembly fixture.</summary>
public sealed class Stack : IAsyncDisposable
{
    /// <summary>Every database made here belongs to this installation.</summary>
    public static readonly Guid Installation = Guid.Parse("5f2b1c9e-0d61-4c58-9b0a-6f8a1d3e7c42");

    private readonly Lazy<Task<Servers>> servers = new(Servers.Start);
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> templates = new();

    /// <summary>The folder that holds the solution.</summary>
    public static string Root => Servers.Root;

    /// <summary>Content of a secret of this installation, for example <c>bus-north.ehr</c>.</summary>
    public async Task<string> Secret(string name) => (await servers.Value).Secret(name);

    /// <summary>The folder with all secrets, for a service that is started as a process.</summary>
    public async Task<string> SecretsDir() => Path.Combine((await servers.Value).RunDir, "secrets");

    /// <summary>Where the broker speaks TLS.</summary>
    public async Task<int> TlsPort() => int.Parse((await servers.Value)["AMQPS_PORT"]);

    /// <summary>A tool of PostgreSQL, of the server's own version: in its container where it has one.</summary>
    public async Task<ProcessStartInfo> Tool(string tool, string connectionString, params string[] arguments)
    {
        var (to, container) = (new NpgsqlConnectionStringBuilder(connectionString), (await servers.Value)["PGCONTAINER"]);
        string[] target = ["-U", to.Username!, "-d", to.Database!, .. arguments];
        var start = container.Length > 0
            ? new ProcessStartInfo("docker", ["exec", "-i", "-e", "PGPASSWORD", container, tool, "-h", "127.0.0.1", .. target])
            : new ProcessStartInfo(tool, ["-h", to.Host!, "-p", to.Port.ToString(), .. target]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.Environment["PGPASSWORD"] = to.Password;
        return start;
    }

    /// <summary>A fresh database of a service, copied from a template that was migrated once.</summary>
    /// <param name="service">Its roles are <c>{service}_app</c> and <c>{service}_worker</c>.</param>
    /// <param name="scripts">The service's own schema.</param>
    public async Task<TestDatabase> NewDatabase(string service = "probe", params SchemaScript[] scripts)
    {
        var running = await servers.Value;
        var template = TemplateName(service, scripts);
        await templates.GetOrAdd(template, _ => new(() => MakeTemplate(running, template, service, scripts))).Value;
        var name = $"t_{Guid.NewGuid():N}";
        await TestDatabase.Execute(Superuser(running, "postgres"), $"create database {name} template {template} owner {service}_owner");
        // rights on a database do not come with its template
        await TestDatabase.Execute(Superuser(running, "postgres"),
            $"revoke connect, temporary on database {name} from public; grant connect on database {name} to {service}_app, {service}_worker; grant temporary on database {name} to {service}_worker");
        return new TestDatabase(Settings(running, service, name), Superuser(running, name), Superuser(running, "postgres"));
    }

    /// <summary>A database name nobody uses yet, and how to migrate it: for tests of the migrator itself.</summary>
    public async Task<MigrationTarget> NewTarget(string service = "probe")
    {
        var running = await servers.Value;
        return Target(running, service, $"t_{Guid.NewGuid():N}");
    }

    /// <summary>A fresh virtual host with the exchanges, policies and permissions of the real one.</summary>
    public async Task<VirtualHost> NewVirtualHost()
    {
        var running = await servers.Value;
        return await VirtualHost.Create(
            new Uri(running["RABBITMQ_MANAGEMENT_URL"]), int.Parse(running["AMQP_PORT"]), name => running.Secret(name));
    }

    public async ValueTask DisposeAsync()
    {
        if (servers.IsValueCreated && servers.Value.IsCompletedSuccessfully) await (await servers.Value).DisposeAsync();
    }

    private static async Task<string> MakeTemplate(Servers running, string template, string service, SchemaScript[] scripts)
    {
        // other test processes may share these servers
        await using var connection = new NpgsqlConnection(Superuser(running, "postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_advisory_lock(hashtext('clinic.tests'))", connection);
        await command.ExecuteNonQueryAsync();
        command.CommandText = $"select count(*) from pg_database where datname = '{template}' and datistemplate";
        if ((long)(await command.ExecuteScalarAsync())! == 1) return template;
        await Migrator.Run(Target(running, service, template), scripts);
        command.CommandText = $"alter database {template} is_template true";
        await command.ExecuteNonQueryAsync();
        return template;
    }

    private static string TemplateName(string service, SchemaScript[] scripts)
    {
        var all = string.Concat(Migrator.EmbeddedIn(typeof(Migrator).Assembly).Concat(scripts).Select(script => script.Name + script.Sql));
        return $"template_{service}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..12]}";
    }

    private static MigrationTarget Target(Servers running, string service, string database)
    {
        var settings = Settings(running, service, database);
        return new MigrationTarget(
            Superuser(running, "postgres"), service, database, settings.AppPassword, settings.WorkerPassword, Installation);
    }

    private static DatabaseSettings Settings(Servers running, string service, string database) => new(
        running["PGHOST"], int.Parse(running["PGPORT"]), database, service, Password(running, service, "app"), Password(running, service, "worker"));

    /// <summary>Roles belong to the server, so every test process must know the same passwords.</summary>
    private static string Password(Servers running, string service, string role) =>
        File.Exists(Path.Combine(running.RunDir, "secrets", $"db-{service}-{role}"))
            ? running.Secret($"db-{service}-{role}")
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{running.Secret("pg-superuser")} {service} {role}")));

    private static string Superuser(Servers running, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = running["PGHOST"],
        Port = int.Parse(running["PGPORT"]),
        Username = "postgres",
        Password = running.Secret("pg-superuser"),
        Database = database,
        Pooling = false
    }.ConnectionString;
}
