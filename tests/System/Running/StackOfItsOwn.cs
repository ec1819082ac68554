using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace Clinic.SystemTests.Running;

/// <summary>A whole installation made by the project's own scripts, as `make up` makes one, in a folder of its own; removed at the end.</summary>
public sealed class StackOfItsOwn : IAsyncDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif
    // /var/tmp, because the servers' own users must be able to enter it
    private readonly DirectoryInfo folder = Directory.CreateDirectory(Path.Combine("/var/tmp", "clinic-stack-" + Guid.NewGuid().ToString("N")[..12]));
    private Dictionary<string, string> environment = [];

    public string Folder => folder.FullName;

    /// <summary>What the scripts tell people: endpoints and credentials.</summary>
    public string this[string name] => environment[name];

    public async Task Up()
    {
        (await Shell("chmod", "755", Folder)).Code.ShouldBe(0);
        var up = await Run("stack", "up");
        up.Code.ShouldBe(0, up.Said);
        environment = Regex.Matches(await File.ReadAllTextAsync(Path.Combine(Folder, "env")) + await File.ReadAllTextAsync(Path.Combine(Folder, "servers.env")), @"([A-Za-z_]+)=(\S+)")
            .DistinctBy(match => match.Groups[1].Value).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
    }

    /// <summary>Runs a script of infra/bin; answers its exit code and all it said.</summary>
    public Task<(int Code, string Said)> Run(string script, params string[] arguments) => Shell($"{Stack.Root}/infra/bin/{script}", arguments);

    /// <summary>Plays the demo's story on it.</summary>
    public async Task<(int Code, string Said)> PlayStory() =>
        await Shell("bash", "-c", $". '{Folder}/env' && exec /usr/bin/python3 -B '{Stack.Root}/infra/demo/story.py'");

    public async Task<T> Value<T>(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = this["PGHOST"],
            Port = int.Parse(this["PGPORT"]),
            Username = "postgres",
            Password = this["PGSUPERPASSWORD"],
            Database = database,
            Pooling = false
        }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<(int Code, string Said)> Shell(string program, params string[] arguments)
    {
        // to a file: the servers inherit it, and a pipe would stay open as long as they run
        var log = Path.Combine(Folder, Guid.NewGuid().ToString("N") + ".out");
        var start = new ProcessStartInfo("/bin/bash", ["-c", "exec \"$0\" \"$@\" >>\"$LOG\" 2>&1 </dev/null", program, .. arguments])
        {
            Environment =
            {
                ["RUN_DIR"] = Folder, ["LOG"] = log, ["CONFIGURATION"] = Configuration, ["NO_BUILD"] = "1", ["SERVERS"] = "local", ["PG_FSYNC"] = "off",
                ["READY_SECONDS"] = "180", ["Feedback__UrgentAlertMinutes"] = "0"
            }
        };
        // settings of the tests' own servers are not for it
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal) && name != "PG_FSYNC" || name.StartsWith("Clinic__", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return (process.ExitCode, await File.ReadAllTextAsync(log));
    }

    public async ValueTask DisposeAsync()
    {
        await Run("stack", "down");
        await Run("servers", "destroy");
        folder.Delete(recursive: true);
    }
}
