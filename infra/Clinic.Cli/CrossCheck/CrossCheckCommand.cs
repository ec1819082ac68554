using System.CommandLine;
using System.Globalization;
using Clinic.EventLog;

namespace Clinic.Cli.CrossCheck;

/// <summary><c>clinic cross-check</c>.</summary>
public static class CrossCheckCommand
{
    private const int MaxShown = 100;

    public static Command Build()
    {
        var json = new Option<bool>("--json");
        var command = new Command("cross-check", """
            Compares every public event as the audit service recorded it with its owner's log: id and sealed hash, and that
            nothing is missing on either side. Changes nothing. What was published last may not have been heard yet and is
            counted as behind.

            Exit codes: 0 both agree, 1 they do not, or a database does not answer, 2 wrong usage.
            """) { json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var installed = Installed.Here();
            await using var audit = new Database(installed.Service("audit").Database);
            var results = new List<CrossChecked>();
            foreach (var producer in Installed.Topology["audit"].Follows)
            {
                await using var owner = new Database(installed.Service(producer).Database);
                results.Add(await LogsCrossCheck.Run(owner, audit, producer, ct));
            }
            var all = results.SelectMany(r => r.Disagreements).ToList();
            if (parsed.GetValue(json)) Output.Json(results);
            else
            {
                Output.Table(["producer", "compared", "behind", "disagree"], results.Select(r => new string?[]
                    { r.Producer, Number(r.Compared), Number(r.Behind), Number(r.Disagreements.Count) }));
                foreach (var d in all.Take(MaxShown)) Console.WriteLine($"{d.Why}: {d.Producer} sequence {d.Sequence}, event {d.EventId}");
                if (all.Count > MaxShown) Console.WriteLine($"and {all.Count - MaxShown} more");
            }
            return all.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
