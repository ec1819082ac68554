using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Clinic.SystemTests.Running;

/// <summary>One service as the process that runs in production, too.</summary>
public sealed class ServiceProcess(string name, Dictionary<string, string> settings) : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConcurrentQueue<string> log = new();
    private readonly int port = FreePort();
    private Process? process;

    public string Name => name;

    /// <summary>Whether it is called by https.</summary>
    public bool OverTls { get; set; }

    public Uri Url => new($"{(OverTls ? "https" : "http")}://127.0.0.1:{port}");

    /// <summary>Everything it has written, over all its lives.</summary>
    public string Log => string.Join('\n', log);

    public static string Assembly(string name)
    {
        // tests/System/bin/{configuration}/net10.0, or bin/{engine}/…: theirs are where ours are
        var bin = Path.GetRelativePath(Path.Combine(Stack.Root, "tests/System"), AppContext.BaseDirectory);
        var title = char.ToUpperInvariant(name[0]) + name[1..];
        var project = name == "audit" ? "Audit" : $"{title}/Service";
        var assembly = name == "audit" ? "Audit" : $"{title}.Service";
        return Path.Combine(Stack.Root, "services", project, bin, assembly + ".dll");
    }

    /// <summary>Another instance of the same service, on the same database, with other settings.</summary>
    public ServiceProcess Again(Dictionary<string, string> changes)
    {
        var copy = new Dictionary<string, string>(settings);
        foreach (var (key, value) in changes) copy[key] = value;
        return new ServiceProcess(name, copy);
    }

    /// <summary>Adds a setting before the first start.</summary>
    public void With(string key, string value) => settings[key] = value;

    public async Task Migrate()
    {
        using var migration = Run("migrate");
        await migration.WaitForExitAsync();
        if (migration.ExitCode != 0) throw new InvalidOperationException($"{name} migrate failed:\n{Log}");
    }

    /// <summary>Runs one of the verbs with which it does something and ends; what it says goes to its log.</summary>
    public async Task Verb(params string[] arguments)
    {
        using var run = Run(arguments);
        await run.WaitForExitAsync();
        run.ExitCode.ShouldBe(0, Log);
    }

    public void Start() => process = Run();

    /// <summary>Freezes it as it stands; it keeps its connections and answers nobody.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>Lets it go on as if nothing had happened.</summary>
    public Task Thaw() => Signal("CONT");

    /// <summary>Makes views anew from the log, as an operator does.</summary>
    public async Task Rebuild(params string[] views)
    {
        using var rebuild = Run(["rebuild", .. views]);
        await rebuild.WaitForExitAsync();
        if (rebuild.ExitCode != 0) throw new InvalidOperationException($"{name} rebuild {string.Join(", ", views)} failed:\n{Log}");
    }

    /// <summary>Runs it until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunToEnd(int seconds)
    {
        process = Run();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(seconds));
        return process.ExitCode;
    }

    public Task Ready(int seconds = 60) => Eventually.True(async () =>
    {
        if (process!.HasExited) throw new InvalidOperationException($"{name} ended:\n{Log}");
        return await Health("ready") is { Status: 200 };
    }, $"{name} ready", seconds);

    /// <summary>What it says of itself, null when it does not answer.</summary>
    public async Task<Answer?> Health(string kind)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(Url, "/health/" + kind));
            return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Ends it at once, wherever it is: SIGKILL, no handler runs.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;
        if (!process.HasExited)
        {
            using var asked = Process.Start("kill", ["-TERM", process.Id.ToString()]);
            try
            {
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15));
            }
            catch (TimeoutException)
            {
                await Kill();
            }
        }
        process.Dispose();
    }

    /// <summary>Beside the test assembly, for whoever has to find out why a test failed.</summary>
    public Task KeepLog(string file) => File.WriteAllTextAsync(
        Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "logs")).FullName, file + ".log"), Log);

    private async Task Signal(string signal)
    {
        using var sent = Process.Start("kill", ["-" + signal, process!.Id.ToString()]);
        await sent.WaitForExitAsync();
    }

    private Process Run(params string[] arguments)
    {
        var dll = Assembly(name);
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(dll),
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var (key, value) in settings) start.Environment[key] = value;
        start.Environment["ASPNETCORE_URLS"] = Url.GetLeftPart(UriPartial.Authority);
        // five processes share one machine
        start.Environment["DOTNET_gcServer"] = "0";
        var started = Process.Start(start)!;
        started.OutputDataReceived += (_, line) => Keep(line.Data);
        started.ErrorDataReceived += (_, line) => Keep(line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private void Keep(string? line)
    {
        if (line is not null) log.Enqueue(line);
    }

    /// <summary>Below the range the system gives to outgoing connections, so that it stays free while the service is down.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20000, 32000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
            }
        }
    }
}
