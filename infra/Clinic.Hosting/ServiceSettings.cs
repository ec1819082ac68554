using Clinic.EventLog;
using Clinic.Messaging;
using Microsoft.Extensions.Configuration;

namespace Clinic.Hosting;

/// <summary>A service's configuration. Secrets are files in one directory, never environment variables.</summary>
public sealed class ServiceSettings
{
    private readonly IConfiguration configuration;
    private readonly string secrets;

    public ServiceSettings(IConfiguration configuration, string service)
    {
        this.configuration = configuration;
        Service = service;
        secrets = Need("Clinic:SecretsDir");
    }

    public string Service { get; }

    public DatabaseSettings Database => new(
        Need("Database:Host"), int.Parse(Need("Database:Port")), configuration["Database:Name"] ?? Service, Service,
        Secret($"db-{Service}-app"), Secret($"db-{Service}-worker"), Tls("Database:Tls"));

    public BusSettings Bus => new(
        Need("Bus:Host"), int.Parse(Need("Bus:Port")), configuration["Bus:VirtualHost"] ?? "/", Service, Secret($"bus-{Service}"), Tls("Bus:Tls"));

    /// <summary>The superuser only migrates; a running service never reads this.</summary>
    public MigrationTarget Migration
    {
        get
        {
            var database = Database;
            var superuser = new Npgsql.NpgsqlConnectionStringBuilder
            {
                Host = database.Host,
                Port = database.Port,
                Database = "postgres",
                Username = "postgres",
                Password = Secret("pg-superuser"),
                SslMode = database.CaFile is null ? Npgsql.SslMode.Disable : Npgsql.SslMode.VerifyFull,
                RootCertificate = database.CaFile
            };
            return new MigrationTarget(superuser.ConnectionString, Service, database.Name, database.AppPassword, database.WorkerPassword, Installation);
        }
    }

    public Guid Installation => Guid.Parse(Secret("installation-id"));

    public EventSeal Seal => new(Installation, Service, new MacKey(Secret("mac-key-id"), Convert.FromHexString(Secret($"mac-key-{Service}"))));

    /// <summary>Opens commands that no queue may hold in clear.</summary>
    public SealingKey Sealing => new(Secret($"sealing-{Service}.pem"));

    /// <summary>Certificate authority of the installation, when its services speak TLS over HTTP (<c>Http__Tls</c>).</summary>
    public string? Authority => Tls("Http:Tls");

    internal ServerCertificate? ServerCertificate => Authority is null ? null : new ServerCertificate(SecretFile("server.pem"), SecretFile("server.key"));

    /// <summary>Content of one secret file.</summary>
    /// <exception cref="InvalidOperationException">It is missing; names the file.</exception>
    public string Secret(string name) => File.Exists(SecretFile(name))
        ? File.ReadAllText(SecretFile(name)).Trim()
        : throw new InvalidOperationException($"secret file '{name}' is missing in Clinic:SecretsDir");

    /// <summary>Path of one secret file.</summary>
    public string SecretFile(string name) => Path.Combine(secrets, name);

    /// <summary>A required setting.</summary>
    public string Need(string key) => configuration[key] is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"setting '{key.Replace(":", "__", StringComparison.Ordinal)}' is missing");

    private string? Tls(string key) => bool.TryParse(configuration[key], out var on) && on ? SecretFile("ca.pem") : null;
}
