using System.CommandLine;

namespace Clinic.Cli.Doctor;

/// <summary><c>clinic doctor</c>.</summary>
public static class DoctorCommand
{
    public static Command Build()
    {
        var directory = new Option<DirectoryInfo>("--dir") { Description = "Folder with the services' programs; default the source tree." };
        var all = new Option<bool>("--all") { Description = "Also show every check that is fine." };
        var json = new Option<bool>("--json") { Description = "Every finding, for machines." };
        var command = new Command("doctor", """
            Looks at the whole installation and changes nothing.

            Per service: logins, schema, rights on history, leaders, queue, relay, views, gaps, parked events, quarantine;
            its vault: functions, rights, guards. Backup: WAL that was not fetched.
            Broker: users, permissions, exchanges, queues, bindings, policies, consumers, dead letters. Secrets: days left.

            Exit codes: 0 all is well, 1 there are problems, 2 wrong usage, 3 no installation is named.
            """) { directory, all, json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var findings = await Look(Installed.Here(), parsed.GetValue(directory), ct);
            if (parsed.GetValue(json)) Output.Json(new { ok = findings.All(f => f.Ok), findings });
            else Print(findings, parsed.GetValue(all));
            return findings.All(f => f.Ok) ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<Finding>> Look(Installed installed, DirectoryInfo? directory, CancellationToken ct)
    {
        var secrets = installed.SecretsDirectory;
        var databases = await Task.WhenAll(Installed.Topology.Select(entry =>
        {
            var settings = installed.Service(entry.Key);
            var program = ServicePrograms.Find(entry.Key, directory);
            return DatabaseChecks.Run(settings.Database, settings.Installation, entry.Value.Follows,
                program is null ? null : ServicePrograms.ScriptsOf(program), ct);
        }));
        var vaults = await Task.WhenAll(Installed.Services.Select(service => VaultChecks.Run(installed.Service(service).Vault, ct)));
        var backup = await BackupChecks.Run(installed.Service(Installed.Services.First()).Database, ct);
        using var management = installed.Management();
        var broker = await BrokerChecks.Run(management, BrokerExpectations.Read(), ct);
        return [.. databases.SelectMany(found => found), .. vaults.SelectMany(found => found), .. broker, backup, .. SecretChecks.Run(secrets, TimeProvider.System.GetUtcNow())];
    }

    private static void Print(IReadOnlyList<Finding> findings, bool all)
    {
        if (all) Output.Table(["area", "check", "state", "detail"], findings.Select(f => new[] { f.Area, f.Check, State(f.Ok), f.Detail }));
        else
            Output.Table(["area", "state", "detail"], findings.GroupBy(f => f.Area).SelectMany(area => area.All(f => f.Ok)
                ? [[area.Key, "ok", $"{area.Count()} checks"]]
                : area.Where(f => !f.Ok).Select(f => new[] { f.Area, State(false), $"{f.Check}: {f.Detail}" })));
        var problems = findings.Count(f => !f.Ok);
        Console.WriteLine(problems == 0 ? $"doctor: {findings.Count} checks, all is well" : $"doctor: {findings.Count} checks, {problems} {(problems == 1 ? "problem" : "problems")}");
    }

    private static string State(bool ok) => ok ? "ok" : "PROBLEM";
}
