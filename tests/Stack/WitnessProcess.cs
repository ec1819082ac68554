using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Clinic.Proof;

namespace Clinic.Tests;

/// <summary>A witness as it runs in production: its own process, key and folder, and nothing of anybody else's.</summary>
public sealed class WitnessProcess : IAsyncDisposable
{
    private const string Name = "clinic/test/witness";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinic-witness");
    private readonly int port = FreePort();
    private Process? process;

    public WitnessProcess(params IEnumerable<VerifierKey> logs)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Key = new VerifierKey(Name, SignatureKind.Cosignature, key.ExportSubjectPublicKeyInfo());
        File.WriteAllText(VkeyFile, Key.ToString());
        Directory.CreateDirectory(LogsDir);
        foreach (var log in logs) Trust(log);
    }

    public VerifierKey Key { get; }

    public string VkeyFile => Path.Combine(folder.FullName, "witness.vkey");

    public string KeyFile => Path.Combine(folder.FullName, "witness.pem");

    public Uri Url => new($"http://127.0.0.1:{port}/");

    public string Output { get; private set; } = "";

    private string LogsDir => Path.Combine(folder.FullName, "logs");

    /// <summary>Whoever runs it adds a log's key.</summary>
    public void Trust(VerifierKey log) => File.WriteAllText(Path.Combine(LogsDir, Guid.NewGuid().ToString("N") + ".vkey"), log.ToString());

    public async Task<WitnessProcess> Start()
    {
        process = Run();
        using var http = new HttpClient { BaseAddress = Url };
        await Eventually.True(async () =>
        {
            try
            {
                return (await http.GetAsync(new Uri("health/ready", UriKind.Relative))).IsSuccessStatusCode;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                return false;
            }
        }, "the witness");
        return this;
    }

    /// <summary>Runs it until it ends by itself.</summary>
    public async Task<int> RunToEnd()
    {
        process = Run();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return process.ExitCode;
    }

    /// <summary>Runs a second one over the same key and folder, until it ends by itself.</summary>
    public async Task<int> RunAnother()
    {
        using var another = Run();
        try
        {
            await another.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
            return another.ExitCode;
        }
        finally
        {
            if (!another.HasExited) another.Kill();
        }
    }

    /// <summary>Ends it at once: SIGKILL, no handler runs.</summary>
    public async Task Kill()
    {
        if (process is null || process.HasExited) return;
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        folder.Delete(recursive: true);
    }

    private Process Run()
    {
        // built as these tests are: configuration, framework, and the flavour when there is one
        var own = AppContext.BaseDirectory;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Stack.Root, "services/Witness/bin", own[(own.LastIndexOf("/bin/", StringComparison.Ordinal) + "/bin/".Length)..], "Witness.dll")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = Url.GetLeftPart(UriPartial.Authority),
                ["Witness__KeyFile"] = KeyFile,
                ["Witness__LogsDir"] = LogsDir,
                ["Witness__StateDir"] = Path.Combine(folder.FullName, "state"),
                ["DOTNET_gcServer"] = "0"
            }
        };
        var started = Process.Start(start)!;
        void Keep(string? line) => Output += line + "\n";
        started.OutputDataReceived += (_, line) => Keep(line.Data);
        started.ErrorDataReceived += (_, line) => Keep(line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
