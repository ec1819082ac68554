using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.EventLog.Proofs;
using Clinic.Hosting.Erasing;
using Clinic.Messaging;
using Clinic.Proof;
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

    /// <summary>The vault may, and in production should, be on another server: then <c>Vault__Host</c> and <c>Vault__Port</c> name it.</summary>
    public VaultSettings Vault => new(
        configuration["Vault:Host"] ?? Need("Database:Host"), int.Parse(configuration["Vault:Port"] ?? Need("Database:Port")),
        configuration["Vault:Name"] ?? "vault", Service, Secret($"vault-{Service}"), Tls("Database:Tls"));

    /// <summary>The key-encryption key: <c>Vault__Kek</c>, or the secret <c>kek-{service}</c>.</summary>
    public IKeyWrapping KeyWrapping => configuration["Vault:Kek"] is { Length: > 0 } given
        ? Fixed(KeyRing.Parse(given, FirstKeyId))
        : new LocalKeyWrapping(Ring($"kek-{Service}"));

    public BusSettings Bus => new(
        Need("Bus:Host"), int.Parse(Need("Bus:Port")), configuration["Bus:VirtualHost"] ?? "/", Service, Secret($"bus-{Service}"), Tls("Bus:Tls"));

    /// <summary>The superuser only migrates; a running service never reads this.</summary>
    public MigrationTarget Migration
    {
        get
        {
            var database = Database;
            return new MigrationTarget(Superuser(database.Host, database.Port), Service, database.Name, database.AppPassword, database.WorkerPassword, Installation);
        }
    }

    /// <summary>The superuser of the vault's server: <c>vault-superuser</c> where that is another server, else <c>pg-superuser</c>.</summary>
    public VaultTarget VaultMigration => new(Superuser(Vault.Host, Vault.Port), Vault);

    /// <summary>The login of backups, on each server that there is, when the secret <c>pg-backup</c> is here.</summary>
    public async Task CreateBackupLogin(CancellationToken ct = default)
    {
        if (!File.Exists(SecretFile("pg-backup"))) return;
        foreach (var server in new[] { Migration.SuperuserConnection, VaultMigration.SuperuserConnection }.Distinct())
            await BackupLogin.Create(server, Secret("pg-backup"), ct);
    }

    public Guid Installation => Guid.Parse(Secret("installation-id"));

    public EventSeal Seal => new(Installation, Service, Ring($"mac-key-{Service}"));

    /// <summary>Opens commands that no queue may hold in clear.</summary>
    public SealingKeys Sealing => new(SecretFile($"sealing-{Service}.pem"));

    /// <summary>Certificate authority of the installation, when its services speak TLS over HTTP (<c>Http__Tls</c>).</summary>
    public string? Authority => Tls("Http:Tls");

    internal ServerCertificate? ServerCertificate => Authority is null ? null : new ServerCertificate(SecretFile("server.pem"), SecretFile("server.key"));

    /// <summary>What signs this service's checkpoints; a key that others can read proves nothing.</summary>
    /// <exception cref="InvalidOperationException">The file is missing, or others than its owner may read it.</exception>
    public NoteSigner CheckpointKey
    {
        get
        {
            var name = $"checkpoint-{Service}.pem";
            var pem = Secret(name);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(SecretFile(name)) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
                throw new InvalidOperationException($"secret file '{name}' may be read by others than its owner: chmod 400");
            return NoteSigner.FromPem(TreeKeeper.Origin(Installation, Service), SignatureKind.Signature, pem);
        }
    }

    /// <summary>The checkpoints outside the database, in the folder <c>Clinic__CheckpointsDir</c>.</summary>
    public CheckpointFile Checkpoints => new(configuration["Clinic:CheckpointsDir"] is { Length: > 0 } folder ? Path.Combine(folder, Service + ".jsonl") : null);

    /// <summary>Whose keys were destroyed, beside the checkpoints.</summary>
    internal TombstoneFile Tombstones => new(configuration["Clinic:CheckpointsDir"] is { Length: > 0 } folder ? Path.Combine(folder, Service + ".tombstones.jsonl") : null);

    /// <summary>
    /// Who cosigns this service's checkpoints: <c>Witness__Url</c>, best on another machine and with another operator, and its public
    /// key in <c>Witness__KeyFile</c> (default: the secret <c>witness.vkey</c>). Who vouches for its certificate is
    /// <c>Witness__CaFile</c>: a file, <c>system</c> for whom the machine trusts, or, when not set, the installation's own authority.
    /// Null when no witness is set.
    /// </summary>
    public WitnessClient? Witness => configuration["Witness:Url"] is not { Length: > 0 } url ? null : new WitnessClient(
        new HttpClient(Messaging.Tls.Handler(WitnessAuthority)) { BaseAddress = new Uri(url.TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(3) },
        VerifierKey.Parse(configuration["Witness:KeyFile"] is { Length: > 0 } file ? File.ReadAllText(file).Trim() : Secret("witness.vkey")));

    private string? WitnessAuthority => configuration["Witness:CaFile"] switch { { Length: > 0 } and not "system" and var file => file, "system" => null, _ => Authority };

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

    /// <summary>A key ring from a secret file, read again when the file has changed: rotations need no restart.</summary>
    public Func<KeyRing> Ring(string name)
    {
        var firstId = FirstKeyId;
        var file = new WatchedFile<KeyRing>(SecretFile(name), text => KeyRing.Parse(text, firstId));
        _ = file.Value;
        return () => file.Value;
    }

    private string FirstKeyId => Secret("mac-key-id");

    private static LocalKeyWrapping Fixed(KeyRing ring) => new(() => ring);

    private string Superuser(string host, int port) => new Npgsql.NpgsqlConnectionStringBuilder
    {
        Host = host,
        Port = port,
        Database = "postgres",
        Username = "postgres",
        Password = Secret(configuration["Vault:Host"] is { } vault && vault == host && File.Exists(SecretFile("vault-superuser")) ? "vault-superuser" : "pg-superuser"),
        SslMode = Database.CaFile is null ? Npgsql.SslMode.Disable : Npgsql.SslMode.VerifyFull,
        RootCertificate = Database.CaFile
    }.ConnectionString;

    private string? Tls(string key) => bool.TryParse(configuration[key], out var on) && on ? SecretFile("ca.pem") : null;
}
