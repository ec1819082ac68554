using System.Diagnostics;
using System.Reflection;
using Clinic.EventLog;

namespace Clinic.Cli;

/// <summary>Where the services' programs are: a folder with one folder per service, or the source tree this command was built in.</summary>
internal static class ServicePrograms
{
    /// <summary>Null when it is not there.</summary>
    public static string? Find(string service, DirectoryInfo? directory)
    {
        var name = service == "audit" ? "Audit" : char.ToUpperInvariant(service[0]) + service[1..] + ".Service";
        return Candidates(service, name + ".dll", directory).FirstOrDefault(File.Exists);
    }

    /// <exception cref="RefusedException">It is not there.</exception>
    public static string Need(string service, DirectoryInfo? directory) => Find(service, directory)
        ?? throw new RefusedException($"the program of {service} is not there: build it, or name its folder with --dir");

    /// <summary>Runs one of the verbs with which a service does something and ends.</summary>
    /// <param name="checkpoints">The service's own folder outside the database, where it is not the one this command was given.</param>
    public static async Task<(int Code, string Output, string Error)> Run(string service, string program, string[] arguments, CancellationToken ct, string? checkpoints = null)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            // the program's folder, so that it reads no settings of the caller's folder
            WorkingDirectory = Path.GetDirectoryName(program)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Clinic__Service"] = service }
        };
        if (checkpoints is not null) start.Environment["Clinic__CheckpointsDir"] = checkpoints;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }

    /// <summary>
    /// Whether a comparison of views came to no result: one that differs also ends with 1, and a runtime without Kerberos says so on
    /// standard error of every program.
    /// </summary>
    public static bool HasFailed(int code, string output) => code != 0 && !output.Contains(" DIFFERS: ", StringComparison.Ordinal);

    /// <summary>The line that says why, for a person.</summary>
    public static string Reason(string error) =>
        error.Split('\n').FirstOrDefault(line => line.Length > 0 && !line.Contains("libgssapi", StringComparison.Ordinal)) ?? "it did not say why";

    /// <summary>The schema scripts that belong to a service alone; they travel in its program.</summary>
    public static SchemaScript[] ScriptsOf(string program) => [.. Migrator.EmbeddedIn(Assembly.LoadFrom(program))];

    private static IEnumerable<string> Candidates(string service, string dll, DirectoryInfo? directory)
    {
        if (directory is not null)
        {
            yield return Path.Combine(directory.FullName, service, dll);
            yield break;
        }
        // as an image has them: /app/cli and /app/SERVICE
        yield return Path.Combine(AppContext.BaseDirectory, "..", service, dll);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Microservices.sln"))) continue;
            var project = service == "audit" ? "Audit" : Path.Combine(char.ToUpperInvariant(service[0]) + service[1..], "Service");
            // of the same build as this command
            yield return Path.Combine(folder.FullName, "services", project, Path.GetRelativePath(Path.Combine(folder.FullName, "infra", "Clinic.Cli"), AppContext.BaseDirectory), dll);
        }
    }
}
