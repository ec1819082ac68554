using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Clinic.Cli.ExportLog;
using Clinic.Cli.Verify;
using Clinic.Proof;
using Npgsql;

namespace Clinic.SystemTests.Running;

/// <summary>An installation as an earlier version left it (tests/System/Corpora), on the tests' servers in databases of its own, with today's programs.</summary>
[global::System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class OldInstallation : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinic-old");
    private readonly Dictionary<string, ServiceProcess> services = [];
    private readonly Dictionary<string, string> names = [];
    private readonly Dictionary<string, string> settings = [];
    private readonly string server;
    private readonly VirtualHost host;

    private OldInstallation(string server, VirtualHost host) => (this.server, this.host) = (server, host);

    public ServiceProcess this[string service] => services[service];

    /// <summary>Its databases and keys as they were, its services not started.</summary>
    public static async Task<OldInstallation> Restored(RunningClinic clinic, string corpus)
    {
        var old = new OldInstallation(clinic.Database("audit"), await clinic.NewVirtualHost());
        try
        {
            await old.Restore(clinic, corpus);
            return old;
        }
        catch
        {
            await old.DisposeAsync();
            throw;
        }
    }

    public Ledger Ledger(string service) => new(Connection(names[service]));

    public Task Migrate() => Task.WhenAll(services.Values.Select(service => service.Migrate()));

    public async Task Start()
    {
        foreach (var service in services.Values) service.Start();
        await Task.WhenAll(services.Values.Select(service => service.Ready()));
    }

    /// <summary>What both verifiers say of a service's log, by its checkpoints outside the database; they must say the same.</summary>
    public async Task<string> Judge(string service)
    {
        var export = new DirectoryInfo(Path.Combine(folder.FullName, "export-" + service));
        var (outside, key) = (Path.Combine(folder.FullName, $"outside-{service}.jsonl"), Path.Combine(Secrets, $"checkpoint-{service}.vkey"));
        // before the export, as an auditor does: it goes on, and what is signed after an export looks like a log that was cut
        File.Copy(Path.Combine(Checkpoints, service + ".jsonl"), outside, overwrite: true);
        await using (var connection = new NpgsqlConnection(Connection(names[service])))
        {
            await connection.OpenAsync();
            await LogExport.Write(connection, export, CancellationToken.None);
        }
        var verdict = Verifier.Run(export, [outside], VerifierKey.Parse((await File.ReadAllTextAsync(key)).Trim()));
        var said = await Run("/usr/bin/python3", ["-B", Path.Combine(Stack.Root, "infra/verify/verify.py"), export.FullName, "--checkpoints", outside, "--key", key], service);
        said.Split('\n')[^1].ShouldBe(verdict.ToString(), said);
        return said;
    }

    /// <summary>What a service's program says when it folds every view again beside the one in use.</summary>
    public Task<string> CompareViews(string service) => Run("dotnet", [ServiceProcess.Assembly(service), "drift"], service);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(services.Values.Select(service => service.DisposeAsync().AsTask()));
        foreach (var name in names.Values) await new Ledger(server).Execute($"drop database if exists {name} with (force)");
        await host.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private string Secrets => Path.Combine(folder.FullName, "secrets");

    private string Checkpoints => Path.Combine(folder.FullName, "checkpoints");

    private async Task Restore(RunningClinic clinic, string corpus)
    {
        await using (var file = File.OpenRead(corpus))
        await using (var unpacked = new GZipStream(file, CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(unpacked, folder.FullName, overwriteFiles: false);
        // its own keys; passwords are the server's
        Directory.CreateDirectory(Secrets);
        foreach (var from in new[] { clinic.Settings["Clinic__SecretsDir"], Path.Combine(folder.FullName, "keys") })
            foreach (var file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != ".lock")) File.Copy(file, Path.Combine(Secrets, Path.GetFileName(file)), overwrite: true);
        await Task.WhenAll(RunningClinic.Names.Append("vault").Select(database => RestoreOne(clinic, database)));

        var bus = host.Settings("intake");
        foreach (var (name, value) in clinic.Settings) settings[name] = value;
        settings["Clinic__SecretsDir"] = Secrets;
        settings["Clinic__CheckpointsDir"] = Checkpoints;
        settings["Vault__Name"] = names["vault"];
        settings["Bus__VirtualHost"] = bus.VirtualHost;
        settings["ASPNETCORE_ENVIRONMENT"] = "Development";
        settings["Auth__PublicKeyFile"] = Path.Combine(Secrets, "token-public.pem");
        foreach (var name in RunningClinic.Names) services[name] = new ServiceProcess(name, Settings(name));
    }

    private async Task RestoreOne(RunningClinic clinic, string database)
    {
        var name = $"o_{Guid.NewGuid():N}";
        lock (names) names[database] = name;
        await new Ledger(server).Execute($"create database {name} owner {database}_owner template template0 encoding 'UTF8' lc_collate 'C'");
        var start = await clinic.Tool("psql", Connection(name), "-q", "-v", "ON_ERROR_STOP=1");
        using var psql = Process.Start(start)!;
        var (said, wrong) = (psql.StandardOutput.ReadToEndAsync(), psql.StandardError.ReadToEndAsync());
        await using (var dump = File.OpenRead(Path.Combine(folder.FullName, database + ".sql"))) await dump.CopyToAsync(psql.StandardInput.BaseStream);
        psql.StandardInput.Close();
        await psql.WaitForExitAsync();
        await said;
        psql.ExitCode.ShouldBe(0, await wrong);
    }

    private Dictionary<string, string> Settings(string service) => new(settings) { ["Clinic__Service"] = service, ["Database__Name"] = names[service] };

    private string Connection(string database) => new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = false }.ConnectionString;

    private async Task<string> Run(string program, string[] arguments, string service)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
        foreach (var (name, value) in Settings(service)) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var said = (await process.StandardOutput.ReadToEndAsync()).TrimEnd();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, said);
        return said;
    }
}
