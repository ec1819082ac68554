using System.CommandLine;

namespace Clinic.Cli.Drift;

/// <summary><c>clinic drift</c>.</summary>
public static class DriftCommand
{
    public static Command Build()
    {
        var service = new Option<string>("--service") { Description = "Whose views.", Required = true };
        var view = new Option<string>("--view") { Description = "Which; default all of the service's." };
        var repair = new Option<bool>("--repair") { Description = "Makes anew what differs." };
        var directory = new Option<DirectoryInfo>("--dir") { Description = "Folder with one folder per service; default the source tree." };
        var command = new Command("drift", """
            Folds the log again beside each view and compares the two row by row: a row that somebody changed, added or took away by
            hand is found. Prints a digest that any machine with the same log comes to. Changes nothing unless told to repair.
            Needs the secret pg-superuser, and the service to run.

            Exit codes: 0 every view is what its log makes (or was repaired), 1 one is not, 2 wrong usage, 3 the program is not built.
            """) { service, view, repair, directory };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var (name, only) = (parsed.GetRequiredValue(service), parsed.GetValue(view));
            if (!Installed.Services.Contains(name)) throw new UsageException($"--service: one of {string.Join(", ", Installed.Services)}");
            if (only?.StartsWith('-') == true) throw new UsageException("--view: a view's name");
            _ = Installed.Here().SecretsDirectory;
            var program = ServicePrograms.Need(name, parsed.GetValue(directory));
            string[] which = only is null ? [] : [only];
            var (code, output, error) = await ServicePrograms.Run(name, program, ["drift", .. which], ct);
            Console.WriteLine(output);
            if (ServicePrograms.HasFailed(code, output)) throw new IOException(ServicePrograms.Reason(error));
            if (code == 0 || !parsed.GetValue(repair)) return code;
            foreach (var drifted in output.Split('\n').Where(line => line.Contains(" DIFFERS: ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]))
            {
                var (rebuilt, said, why) = await ServicePrograms.Run(name, program, ["rebuild", drifted], ct);
                Console.WriteLine(said);
                if (rebuilt != 0) throw new IOException(ServicePrograms.Reason(why));
            }
            return ExitCode.Done;
        }));
        return command;
    }
}
