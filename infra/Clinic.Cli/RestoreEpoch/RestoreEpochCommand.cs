using System.CommandLine;
using Clinic.Cli.Secrets;
using Clinic.EventLog;
using Clinic.EventLog.Proofs;
using Clinic.Proof;

namespace Clinic.Cli.RestoreEpoch;

/// <summary><c>clinic restore-epoch</c>.</summary>
public static class RestoreEpochCommand
{
    public static Command Build()
    {
        var service = new Option<string>("--service") { Description = "Whose database was restored.", Required = true };
        var by = new Option<string[]>("--by") { Description = "Who approves, by pseudonym; twice, two different people.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why, in one line without personal data. It is signed and published.", Required = true };
        var checkpoints = new Option<FileInfo>("--checkpoints") { Description = "The service's own file of checkpoints; found in Clinic__CheckpointsDir when not given." };
        var command = new Command("restore-epoch", """
            After a database was restored from a backup on purpose: lets the log go on from what is left, under a new name (…/e2).
            The first checkpoint of the new epoch carries the last one of the old, two people and the reason; every auditor and
            witness sees it. Refused when nothing is missing, and while the service runs. The log's key stays; its new .vkey is
            written beside the old one, and must be given to the witness and to auditors before they believe the new epoch.

            Exit codes: 0 done, 1 failed or nothing to reopen, 2 wrong usage, 3 refused.
            """) { service, by, reason, checkpoints };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var name = parsed.GetRequiredValue(service);
            if (!Installed.Services.Contains(name)) throw new UsageException($"--service: one of {string.Join(", ", Installed.Services)}");
            var installed = Installed.Here();
            var settings = installed.Service(name);
            var file = parsed.GetValue(checkpoints) is { } given ? new CheckpointFile(given.FullName) : settings.Checkpoints;
            if (file.Path is null || !File.Exists(file.Path)) throw new RefusedException("no file of checkpoints: set Clinic__CheckpointsDir, or name it with --checkpoints");
            await using var database = new Database(settings.Database);
            using var signer = settings.CheckpointKey;
            var note = await Reopen.Run(database, signer, file, parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason), DateTimeOffset.UtcNow, ct);
            var checkpoint = Checkpoint.Parse(note.Text);
            var epoch = LogOrigin.Parse(checkpoint.Origin).Epoch;
            var vkey = $"checkpoint-{name}.e{epoch}.vkey";
            using (var folder = SecretFolder.Open(installed.SecretsDirectory)) folder.OncePublic(vkey, () => signer.Public.Named(checkpoint.Origin).ToString());
            Console.WriteLine($"restore-epoch: {checkpoint.Origin} begins with {checkpoint.Size} positions; give {vkey} to the witness and to auditors");
            return ExitCode.Done;
        }));
        return command;
    }
}
