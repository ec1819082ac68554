using System.Text.Json;
using Clinic.Hosting;
using Clinic.Messaging;
using Microsoft.Extensions.Configuration;

namespace Clinic.Cli;

/// <summary>
/// The installation a command works on: the same settings as the services' (<c>Clinic__SecretsDir</c>, <c>Database__*</c>,
/// <c>Bus__*</c>), with all secrets at hand.
/// </summary>
public sealed class Installed(IConfiguration configuration)
{
    /// <summary>What each service reads and accepts on the bus.</summary>
    public static IReadOnlyDictionary<string, Expected> Topology { get; } = ReadTopology();

    public static IEnumerable<string> Services => Topology.Keys;

    public static Installed Here() => new(new ConfigurationBuilder().AddEnvironmentVariables().Build());

    public ServiceSettings Service(string name) => new(configuration, name);

    /// <summary>How a user of the bus, for example <c>admin</c> or <c>north.ehr</c>, reaches the broker.</summary>
    public BusSettings Bus(string user) => Service(user).Bus;

    public string SecretsDirectory => configuration["Clinic:SecretsDir"] is { Length: > 0 } directory
        ? directory
        : throw new RefusedException("no installation is named: set Clinic__SecretsDir and the other settings, or start the stack, which writes .run/env");

    /// <summary>Where a service keeps its checkpoints outside the database: <c>Clinic__CheckpointsDir</c>, or a folder of its own in it.</summary>
    public FileInfo CheckpointsOf(string service)
    {
        if (configuration["Clinic:CheckpointsDir"] is not { Length: > 0 } folder) throw new RefusedException("where checkpoints are kept outside the database is not known: set Clinic__CheckpointsDir");
        var own = new FileInfo(Path.Combine(folder, service, service + ".jsonl"));
        return own.Exists ? own : new FileInfo(Path.Combine(folder, service + ".jsonl"));
    }

    public Management Management()
    {
        var bus = Bus("admin");
        return new Management(new Uri(configuration["Bus:Management"] ?? (bus.CaFile is null ? $"http://{bus.Host}:15672" : $"https://{bus.Host}:15671")), bus, bus.CaFile);
    }

    /// <summary>A client for a service over HTTP.</summary>
    public HttpClient Client(string service) => new(Tls.Handler(Service(service).Authority)) { BaseAddress = Http(service), Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Where a service answers over HTTP.</summary>
    public Uri Http(string service) => Uri.TryCreate(configuration[$"Services:{service}"], UriKind.Absolute, out var uri)
        ? uri
        : throw new RefusedException($"where {service} is, is not known: set Services__{service}");

    private static Dictionary<string, Expected> ReadTopology()
    {
        using var stream = typeof(Installed).Assembly.GetManifestResourceStream("topology.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Expected>>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <param name="Follows">Producers whose events it receives.</param>
/// <param name="Accepts">Commands it takes from clinic systems.</param>
/// <param name="Checkpoints">It keeps every service's checkpoints.</param>
public sealed record Expected(string[] Follows, string[] Accepts, bool Checkpoints = false);
