using System.CommandLine;

namespace Clinic.Cli.Retention;

/// <summary><c>clinic retention</c>.</summary>
public static class RetentionCommand
{
    public static Command Build()
    {
        var apply = new Option<bool>("--apply") { Description = "Request the erasures; without it they are only listed." };
        var directory = new Option<DirectoryInfo>("--dir") { Description = "Folder with one folder per service; default the source tree." };
        var json = new Option<bool>("--json");
        var command = new Command("retention", """
            Lists what has been kept as long as a clinic decided (intake.set-retention.v1), and with --apply requests that it be erased.
            A legal hold refuses, and the refusal is on record. Run it from a timer; running it again changes nothing.

            Exit codes: 0 done, 1 it failed, 2 wrong usage, 3 intake's program is not built.
            """) { apply, directory, json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            _ = Installed.Here().SecretsDirectory;
            var (code, output, error) = await ServicePrograms.Run("intake", ServicePrograms.Need("intake", parsed.GetValue(directory)),
                parsed.GetValue(apply) ? ["retention", "--apply"] : ["retention"], ct);
            if (parsed.GetValue(json)) Output.Json(new { ok = code == 0, report = output.Split('\n', StringSplitOptions.RemoveEmptyEntries) });
            else if (output.Length > 0) Console.WriteLine(output);
            if (error.Length > 0) await Console.Error.WriteLineAsync($"clinic: {error.Split('\n')[0]}");
            return code is ExitCode.Done or ExitCode.Usage ? code : ExitCode.Failed;
        }));
        return command;
    }
}
