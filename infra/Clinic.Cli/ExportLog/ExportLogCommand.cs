using System.CommandLine;
using Clinic.EventLog;

namespace Clinic.Cli.ExportLog;

/// <summary><c>clinic export-log</c>.</summary>
public static class ExportLogCommand
{
    public static Command Build()
    {
        var service = new Option<string>("--service") { Description = "Whose log.", Required = true };
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "Where to; made when missing, refused when not empty." };
        var command = new Command("export-log", """
            Writes the tables that `clinic verify` reads as files, out of one snapshot. They hold what the events say, as the
            database has it: handle them as you handle a backup. The checkpoints among them are the database's own copy; a
            verdict needs those that were kept elsewhere, too.

            Exit codes: 0 done, 1 the database does not answer, 2 wrong usage, 3 the folder is not empty.
            """) { folder, service };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var name = parsed.GetRequiredValue(service);
            if (!Installed.Services.Contains(name)) throw new UsageException($"--service: one of {string.Join(", ", Installed.Services)}");
            await using var database = new Database(Installed.Here().Service(name).Database);
            await using var connection = await database.Worker.OpenConnectionAsync(ct);
            var to = parsed.GetRequiredValue(folder);
            var rows = await LogExport.Write(connection, to, ct);
            Console.WriteLine($"export-log: {rows["events"]} events, {rows["log"]} positions, {rows["checkpoints"]} checkpoints in {to.FullName}");
            return ExitCode.Done;
        }));
        return command;
    }
}
