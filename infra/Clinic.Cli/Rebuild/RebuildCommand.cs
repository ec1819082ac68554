using System.CommandLine;

namespace Clinic.Cli.Rebuild;

/// <summary><c>clinic rebuild</c>.</summary>
public static class RebuildCommand
{
    public static Command Build()
    {
        var service = new Option<string>("--service") { Description = "Whose view.", Required = true };
        var view = new Option<string>("--view") { Description = "Which; default all of the service's." };
        var directory = new Option<DirectoryInfo>("--dir") { Description = "Folder with one folder per service; default the source tree." };
        var json = new Option<bool>("--json");
        var command = new Command("rebuild", """
            Makes a view anew from the log, beside the one in use, and swaps the two; the service runs on and nothing is published.
            How a view is made is the service's own matter, so its program does the work. Needs the secret pg-superuser.

            Exit codes: 0 done, 1 it failed, or streams still lack an event; 2 wrong usage or no such view; 3 the program is not built.
            """) { service, view, directory, json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var (name, only) = (parsed.GetRequiredValue(service), parsed.GetValue(view));
            if (!Installed.Services.Contains(name)) throw new UsageException($"--service: one of {string.Join(", ", Installed.Services)}");
            // it would be read as an option of the service's
            if (only?.StartsWith('-') == true) throw new UsageException("--view: a view's name");
            _ = Installed.Here().SecretsDirectory;
            var (code, output, error) = await ServicePrograms.Run(name, ServicePrograms.Need(name, parsed.GetValue(directory)), only is null ? ["rebuild"] : ["rebuild", only], ct);
            if (parsed.GetValue(json)) Output.Json(new { service = name, view = only, ok = code == 0, report = output.Split('\n', StringSplitOptions.RemoveEmptyEntries) });
            else if (output.Length > 0) Console.WriteLine(output);
            // its first line says what is wrong; the rest is for developers
            if (error.Length > 0) await Console.Error.WriteLineAsync($"clinic: {ServicePrograms.Reason(error)}");
            return code is ExitCode.Done or ExitCode.Usage ? code : ExitCode.Failed;
        }));
        return command;
    }
}
