using System.CommandLine;

namespace Clinic.Cli.Migrate;

/// <summary><c>clinic migrate</c>.</summary>
public static class MigrateCommand
{
    public static Command Build()
    {
        var directory = new Option<DirectoryInfo>("--dir") { Description = "Folder with one folder per service; default the source tree." };
        var json = new Option<bool>("--json");
        var command = new Command("migrate", """
            Brings the five databases to this version's schema; running it again changes nothing. Needs the secret pg-superuser.

            Exit codes: 0 done, 1 a migration failed, 2 wrong usage, 3 a service's program is not built.
            """) { directory, json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            // before anything is changed: all programs are there, and the settings are
            _ = Installed.Here().SecretsDirectory;
            var programs = Installed.Services.Select(service => (service, program: ServicePrograms.Need(service, parsed.GetValue(directory)))).ToArray();
            var results = await Task.WhenAll(programs.Select(p => Run(p.service, p.program, ct)));
            if (parsed.GetValue(json)) Output.Json(results);
            else Output.Table(["service", "state", "detail"], results.Select(r => new[] { r.Service, r.Ok ? "ok" : "FAILED", r.Detail }));
            return results.All(r => r.Ok) ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static async Task<Result> Run(string service, string program, CancellationToken ct)
    {
        var (code, output, error) = await ServicePrograms.Run(service, program, ["migrate"], ct);
        return code == 0
            ? new Result(service, true, output.Split('\n')[^1].Replace($"{service}: ", "", StringComparison.Ordinal))
            : new Result(service, false, ServicePrograms.Reason(error));
    }

    private sealed record Result(string Service, bool Ok, string Detail);
}
