using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Clinic.Cli.Tokens;

namespace Clinic.Cli.RestoreTest;

/// <summary><c>clinic restore-test</c>.</summary>
public static class RestoreTestCommand
{
    public static Command Build()
    {
        var tenant = new Option<string>("--tenant") { Description = "In whose audit log it is recorded; nowhere when neither this nor --token is given." };
        var token = new Option<string>("--token") { Description = "An operator's bearer token to record it with; default a development token." };
        var directory = new Option<DirectoryInfo>("--dir") { Description = "Folder with one folder per service; default the source tree." };
        var command = new Command("restore-test", """
            Judges a restored server, which Database__Host and Database__Port name, beside the running system, which the other
            settings name. Each log against the checkpoints that were kept outside (Clinic__CheckpointsDir); each view against its
            log; then the schema of this version, and the keys of everybody erased since destroyed again. Records the outcome in
            the audit service; a backup that is not what was signed is an incident there. Changes the restored server only.

            Exit codes: 0 all of it holds, 1 something does not, 2 wrong usage, 3 a service's program is not built.
            """) { tenant, token, directory };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var installed = Installed.Here();
            var restore = await Restore.Of(installed, ct);
            var programs = Installed.Services.ToDictionary(service => service, service => ServicePrograms.Need(service, parsed.GetValue(directory)));
            var results = new List<RestoredLog>();
            // one after the other: a drill may take its time, and the system beside it works
            foreach (var (service, program) in programs) results.Add(await RestoredLog.Judge(installed, service, program, restore.To, ct));

            Output.Table(["service", "log", "views", "erasures made good"], results.Select(r => new[] { r.Service, r.Verdict, r.Views, r.Tombstones.ToString(CultureInfo.InvariantCulture) }));
            var bearer = parsed.GetValue(token) ?? (parsed.GetValue(tenant) is { } name ? Mint(installed, name) : null);
            if (bearer is not null) await Record(installed, bearer, results, restore, ct);
            var good = results.All(r => r is { RootsMatch: true, ViewsMatch: true });
            Console.WriteLine($"restore-test: {(good ? "the backup is what was signed" : "THE BACKUP IS NOT WHAT WAS SIGNED")}: {restore}{(bearer is null ? ", not recorded" : "")}");
            return good ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static string Mint(Installed installed, string tenant) =>
        DevelopmentToken.Mint(TokenCommand.Key(installed.SecretsDirectory), new Caller("clinic-cli", "operator", tenant), TimeSpan.FromMinutes(5), TimeProvider.System.GetUtcNow());

    private static async Task Record(Installed installed, string token, IEnumerable<RestoredLog> results, Restore restore, CancellationToken ct)
    {
        using var audit = installed.Client("audit");
        audit.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var drill = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd't'HHmmssfff'z'", CultureInfo.InvariantCulture);
        foreach (var r in results)
        {
            var test = new
            {
                testId = $"drill-{drill}-{r.Service}",
                service = r.Service,
                backupAt = restore.BackupAt,
                restoredTo = restore.To,
                seconds = restore.Seconds,
                events = r.Events,
                rootsMatch = r.RootsMatch,
                viewsMatch = r.ViewsMatch,
                tombstonesReplayed = r.Tombstones
            };
            using var response = await audit.PostAsJsonAsync("/commands/audit.record-restore-test.v1", test, ct);
            if (!response.IsSuccessStatusCode) throw new IOException($"audit said {(int)response.StatusCode}: {Output.Printable(await response.Content.ReadAsStringAsync(ct))}");
        }
    }
}
