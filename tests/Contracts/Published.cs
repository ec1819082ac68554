using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Clinic.Tests.Contracts;

/// <summary>The interfaces as this build has them, and as they are committed.</summary>
internal static class Published
{
    public static readonly string[] Services = ["intake", "consent", "session", "feedback", "audit"];

    public static string Root { get; } = FindRoot();

    /// <summary>UPDATE_CONTRACTS=1 writes the documents instead of comparing them: <c>make contracts</c>.</summary>
    public static bool Updating => Environment.GetEnvironmentVariable("UPDATE_CONTRACTS") == "1";

    /// <summary>RELEASE_CONTRACTS=1 makes today's interfaces the promise: <c>make release-contracts</c>.</summary>
    public static bool Releasing => Environment.GetEnvironmentVariable("RELEASE_CONTRACTS") == "1";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<Dictionary<string, string>> Described = new(() => Services.ToDictionary(s => s, s => Describe(s, "openapi")));

    private static readonly Lazy<Dictionary<string, JsonNode>> Tables = new(() => Services.ToDictionary(s => s, s => JsonNode.Parse(Describe(s, "access"))!));

    /// <summary>A service's OpenAPI document, from its own endpoint definitions.</summary>
    public static string OpenApi(string service) => Described.Value[service];

    /// <summary>A service's policy table, routes and queues, from its own definitions.</summary>
    public static JsonNode Access(string service) => Tables.Value[service];

    /// <summary>What was promised.</summary>
    public static JsonNode Released(string name) => JsonNode.Parse(File.ReadAllText(ReleasedFile(name)))!;

    public static string ReleasedFile(string name) => Path.Combine(Root, "tests/Contracts/released", name + ".json");

    /// <summary>From now on this is promised.</summary>
    public static void Release(string name, JsonNode document)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ReleasedFile(name))!);
        File.WriteAllText(ReleasedFile(name), document.ToJsonString(Indented) + "\n");
    }

    /// <summary>The committed document says what this build does.</summary>
    public static void MustEqual(string file, string current)
    {
        var path = Path.Combine(Root, file);
        if (Updating) File.WriteAllText(path, current);
        File.Exists(path).ShouldBeTrue($"{file} is missing: make contracts");
        var at = File.ReadAllText(path).Split('\n').Zip(current.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
        (File.ReadAllText(path) == current).ShouldBeTrue($"{file} differs from the code from line {at} on: make contracts, and look at what changed");
    }

    /// <summary>Runs one of the service's own describing verbs in this process; settings and secrets are dummies.</summary>
    private static string Describe(string service, string verb)
    {
        var assembly = Assembly.Load(service == "audit" ? "Audit" : char.ToUpperInvariant(service[0]) + service[1..] + ".Service");
        var folder = Directory.CreateTempSubdirectory("clinic-contracts-");
        try
        {
            foreach (var secret in new[] { $"bus-{service}", $"db-{service}-app", $"db-{service}-worker", $"vault-{service}", "mac-key-id" })
                File.WriteAllText(Path.Combine(folder.FullName, secret), "dummy");
            File.WriteAllText(Path.Combine(folder.FullName, "installation-id"), Guid.Empty.ToString());
            foreach (var secret in new[] { $"mac-key-{service}", $"kek-{service}" }) File.WriteAllText(Path.Combine(folder.FullName, secret), new string('0', 64));
            using (var key = System.Security.Cryptography.ECDiffieHellman.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256))
                File.WriteAllText(Path.Combine(folder.FullName, $"sealing-{service}.pem"), key.ExportPkcs8PrivateKeyPem());
            var file = Path.Combine(folder.FullName, "described.json");
            string[] args = [verb, file, $"--Clinic:SecretsDir={folder.FullName}", "--Database:Host=none", "--Database:Port=1", "--Bus:Host=none",
                "--Bus:Port=1", "--Auth:Authority=https://none.invalid", "--Logging:LogLevel:Default=None"];
            assembly.EntryPoint!.Invoke(null, [args]).ShouldBe(0);
            return File.ReadAllText(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Microservices.sln"))) return folder.FullName;
        throw new InvalidOperationException("the tests run outside the repository");
    }
}
