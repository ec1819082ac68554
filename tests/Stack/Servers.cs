using System.Diagnostics;

namespace Clinic.Tests;

/// <summary>
/// The servers the tests run on: those of TEST_RUN_DIR when that is set (they stay up), else servers of our own in a
/// temporary folder, destroyed at the end. Missing servers fail, they never skip a test.
/// </summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly Func<Task>? end;
    private readonly Dictionary<string, string> settings;

    private Servers(string runDir, Func<Task>? end)
    {
        (RunDir, this.end) = (runDir, end);
        settings = File.ReadLines(Path.Combine(runDir, "servers.env"))
            .Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    public string RunDir { get; }

    public string this[string name] => settings[name];

    public string Secret(string name) => File.ReadAllText(Path.Combine(RunDir, "secrets", name)).Trim();

    public static async Task<Servers> Start()
    {
        if (Environment.GetEnvironmentVariable("TEST_RUN_DIR") is { Length: > 0 } given)
            return File.Exists(Path.Combine(given, "servers.env"))
                ? new Servers(given, end: null)
                : throw new InvalidOperationException("TEST_RUN_DIR holds no servers.env; start them: RUN_DIR=… infra/bin/servers up");

        // /var/tmp, because the servers' own users must be able to enter it
        var runDir = Path.Combine("/var/tmp", "clinic-tests-" + Guid.NewGuid().ToString("N")[..12]);
        await Run(runDir, "clinic", "secrets", "init", Path.Combine(runDir, "secrets"));
        try
        {
#if CONTAINERS
            var containers = await ContainerServers.Start(Root, runDir);
            return new Servers(runDir, async () =>
            {
                await containers.DisposeAsync();
                Directory.Delete(runDir, recursive: true);
            });
#else
            await Run(runDir, "servers", "up");
            return new Servers(runDir, () => Destroy(runDir));
#endif
        }
        catch
        {
            await Destroy(runDir);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (end is not null) await end();
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    private static async Task Destroy(string runDir)
    {
        await Run(runDir, "servers", "destroy");
        Directory.Delete(runDir, recursive: true);
    }

    private static async Task Run(string runDir, string tool, params string[] arguments)
    {
        Directory.CreateDirectory(runDir);
        // output goes to a file: the servers inherit it, and a pipe would stay open as long as they run
        var log = Path.Combine(runDir, tool + ".out");
        var start = new ProcessStartInfo("/bin/bash", ["-c", "exec \"$0\" \"$@\" >>\"$LOG\" 2>&1 </dev/null", Path.Combine(Root, "infra/bin", tool), .. arguments])
        {
            Environment = { ["RUN_DIR"] = runDir, ["LOG"] = log, ["PG_FSYNC"] = "off" }
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)} failed:\n{File.ReadAllText(log)}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Microservices.sln"))) return folder.FullName;
        throw new InvalidOperationException("the tests run outside the repository");
    }
}
