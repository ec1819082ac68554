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
            yield return Path.Combine(folder.FullName, "services", project, "bin", "Release", "net10.0", dll);
        }
    }
}
