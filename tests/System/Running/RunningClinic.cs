using System.Diagnostics;
using Clinic.Proof;
using Npgsql;

[assembly: AssemblyFixture(typeof(Clinic.SystemTests.Running.RunningClinic))]
// one clinic, two cores, and tests that kill what the others use
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Clinic.SystemTests.Running;

/// <summary>The whole system as an installation runs it: five processes, five databases, one virtual host.</summary>
public sealed partial class RunningClinic : IAsyncLifetime
{
    public static readonly string[] Names = ["intake", "consent", "session", "feedback", "audit"];

    /// <summary>Who keeps a copy of who is who and who treats whom.</summary>
    private static readonly string[] Followers = Names[1..];

    /// <summary>All except audit, which only listens.</summary>
    public static readonly string[] Producers = Names[..4];

    /// <summary>Who follows whom; until these queues stand, an event would come as a gap and be asked for again.</summary>
    private static readonly string[] OrderedQueues =
    [
        "intake-from-feedback", "intake-from-consent", "intake-from-session", "feedback-from-intake", "feedback-from-consent", "feedback-from-session", "consent-from-intake", "session-from-consent", "session-from-intake",
        .. Producers.Select(producer => "audit-from-" + producer)
    ];

    private readonly Stack stack = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Dictionary<string, ServiceProcess> services = [];
    private readonly Dictionary<string, Ledger> ledgers = [];
    private readonly Dictionary<string, ClinicSystem> systems = [];
    private readonly List<(string Server, string Database)> databases = [];
    private VirtualHost? host;
    private WitnessProcess? witness;
    private Tokens? tokens;
    private readonly string vault = $"v_{Guid.NewGuid():N}";
    private readonly DirectoryInfo checkpoints = Directory.CreateTempSubdirectory("clinic-system");
    private string runDir = "";

    public HttpClient Http => http;

    public Tokens Tokens => tokens!;

    public ServiceProcess this[string service] => services[service];

    /// <summary>Where the broker speaks TLS.</summary>
    public int TlsPort { get; private set; }

    public VirtualHost Host => host!;

    public Ear Ear { get; private set; } = null!;

    /// <summary>Between consent and the broker.</summary>
    public Wire ConsentsWire { get; private set; } = null!;

    /// <summary>The settings every service is started with.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Cosigns the checkpoints of all five.</summary>
    public WitnessProcess Witness => witness!;

    /// <summary>Where a service keeps checkpoints outside its database.</summary>
    public string CheckpointsDir(string service) => Path.Combine(checkpoints.FullName, service);

    /// <summary>The key of a service's log, as an auditor has pinned it.</summary>
    public async Task<VerifierKey> LogKey(string service) => VerifierKey.Parse(await stack.Secret($"checkpoint-{service}.vkey"));

    /// <summary>A log's own key, as somebody has who broke into its service.</summary>
    public async Task<NoteSigner> StolenKey(string service) =>
        NoteSigner.FromPem((await LogKey(service)).Name, SignatureKind.Signature, await stack.Secret($"checkpoint-{service}.pem"));

    public ClinicSystem NorthEhr => systems["north.ehr"];

    public ClinicSystem NorthHarbour => systems["north.harbour"];

    public ClinicSystem SouthEhr => systems["south.ehr"];

    public Ledger Ledger(string service) => ledgers[service];

    /// <summary>The vault as its superuser sees it.</summary>
    public Ledger Vault => new(Database(vault, 0));

    /// <summary>How the superuser reaches a service's database.</summary>
    public string Database(string service) => Database(databases[Array.IndexOf(Names, service)].Database, Array.IndexOf(Names, service));

    private string Database(string name, int server) => new NpgsqlConnectionStringBuilder(databases[server].Server) { Database = name }.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await Open();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private async Task Open()
    {
        runDir = Path.GetDirectoryName(await stack.SecretsDir())!;
        host = await stack.NewVirtualHost();
        TlsPort = await stack.TlsPort();
        tokens = new Tokens(await stack.Secret("token-signing.pem"));
        witness = await new WitnessProcess(await Task.WhenAll(Names.Select(LogKey))).Start();
        foreach (var name in Names) await Prepare(name);
        ConsentsWire = new Wire(int.Parse(Settings["Bus__Port"]));
        // hours and days in seconds: long enough to look, short enough to wait for
        services["consent"].With("Consent__EmergencyAccess", "00:00:10");
        services["consent"].With("Consent__EmergencyReview", "00:00:02");
        services["session"].With("Session__ReconnectWithin", "00:00:01");
        services["session"].With("Session__FallbackWithin", "00:00:01");
        services["audit"].With("Audit__CrossCheckEvery", "00:00:01");
        services["consent"].With("Bus__Port", ConsentsWire.Port.ToString());
        foreach (var owner in new[] { "intake", "session", "feedback" }) services["consent"].With("Services__" + owner, services[owner].Url.ToString());
        await Task.WhenAll(services.Values.Select(service => service.Migrate()));
        Ear = await Ear.Listen(await host.Connect("admin"));
        foreach (var service in services.Values) service.Start();
        await Task.WhenAll(services.Values.Select(service => service.Ready()));
        await Eventually.True(async () => OrderedQueues.Except(await host.Queues()).Any() is false, "every ordered queue", 60);
        foreach (var follower in Followers)
            await Eventually.True(() => Ledger(follower).Value<bool>("select exists (select from clinic.consumer where producer = 'intake' and as_of > '-infinity')"), $"{follower} to hear intake", 60);
        foreach (var user in new[] { "north.ehr", "north.harbour", "south.ehr" }) systems[user] = await ClinicSystem.Connect(host, user);
        foreach (var tenant in new[] { Person.North, Person.South }) await Documents.Publish(this, tenant);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var system in systems.Values) await system.DisposeAsync();
        await Task.WhenAll(services.Values.Select(service => service.DisposeAsync().AsTask()));
        foreach (var service in services.Values) await service.KeepLog(service.Name);
        if (ConsentsWire is not null) await ConsentsWire.DisposeAsync();
        if (Ear is not null) await Ear.DisposeAsync();
        if (host is not null) await host.DisposeAsync();
        if (databases.Count > 0) databases.Add((databases[0].Server, vault));
        foreach (var (server, database) in databases) await new Ledger(server).Execute($"drop database if exists {database} with (force)");
        tokens?.Dispose();
        http.Dispose();
        checkpoints.Delete(recursive: true);
        if (witness is not null) await witness.DisposeAsync();
        await stack.DisposeAsync();
    }

    /// <summary>A tool of PostgreSQL, of the server's own version.</summary>
    public Task<ProcessStartInfo> Tool(string tool, string connectionString, params string[] arguments) => stack.Tool(tool, connectionString, arguments);

    /// <summary>Another virtual host, for another installation on the same broker.</summary>
    public Task<VirtualHost> NewVirtualHost() => stack.NewVirtualHost();

    /// <summary>Kills the broker as a power cut would. Servers given to the tests are the tests' own, and come back on the same ports.</summary>
    public Task CrashBroker() => Servers("crash", "rabbitmq");

    /// <summary>Starts what does not run.</summary>
    public Task RestartBroker() => Servers("up");

    private async Task Prepare(string name)
    {
        var target = await stack.NewTarget(name);
        var server = new NpgsqlConnectionStringBuilder(target.SuperuserConnection);
        databases.Add((server.ConnectionString, target.Database));
        ledgers[name] = new Ledger(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = target.Database }.ConnectionString);
        var bus = host!.Settings(name);
        if (Settings.Count == 0)
        {
            Settings["Clinic__SecretsDir"] = await stack.SecretsDir();
            Settings["Database__Host"] = server.Host!;
            Settings["Database__Port"] = server.Port.ToString();
            Settings["Vault__Name"] = vault;
            Settings["Bus__Host"] = bus.Host;
            Settings["Bus__Port"] = bus.Port.ToString();
            Settings["Bus__VirtualHost"] = bus.VirtualHost;
        }
        services[name] = new ServiceProcess(name, new Dictionary<string, string>(Settings)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Clinic__Service"] = name,
            ["Witness__Url"] = Witness.Url.ToString(),
            ["Witness__KeyFile"] = Witness.VkeyFile,
            ["Clinic__CheckpointsDir"] = CheckpointsDir(name),
            ["Database__Name"] = target.Database,
            ["Auth__PublicKeyFile"] = Path.Combine(await stack.SecretsDir(), "token-public.pem")
        });
    }

    private async Task Servers(params string[] arguments)
    {
        var log = Path.Combine(runDir, "servers-of-tests.out");
        // output goes to a file: the broker inherits it, and a pipe would stay open as long as it runs
        var start = new ProcessStartInfo("/bin/bash",
            ["-c", "exec \"$0\" \"$@\" >>\"$LOG\" 2>&1 </dev/null", Path.Combine(Stack.Root, "infra/bin/servers"), .. arguments])
        {
            Environment = { ["RUN_DIR"] = runDir, ["LOG"] = log, ["PG_FSYNC"] = "off" }
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await File.ReadAllTextAsync(log));
    }
}
