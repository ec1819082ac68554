using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Clinic.Cli.Tokens;

namespace Clinic.Cli.Simulate;

/// <summary><c>clinic simulate</c>.</summary>
public static class SimulateCommand
{
    private const int Lanes = 4;
    private const int MaxShown = 50;

    public static Command Build()
    {
        var clients = Number("--clients", "How many clients come (1 to 10000).", 20, 10_000);
        var weeks = Number("--weeks", "How many weeks each stays (1 to 104).", 4, 104);
        var seed = new Option<int>("--seed") { Description = "Whose decisions: the same number, the same clinic.", DefaultValueFactory = _ => 1 };
        var tenant = new Option<string>("--tenant") { Description = "Which clinic.", DefaultValueFactory = _ => "north" };
        var json = new Option<bool>("--json");
        var command = new Command("simulate", """
            Plays clients' care through HTTP and the bus, never the database: they come, are screened, agree, meet their therapist week by
            week, miss sessions, lose connections, write, worry, share and withdraw; some of what is sent is sent twice. What each of them
            does follows from the seed alone; the weeks follow each other without the time between. At the end every acknowledged command is
            looked for on the bus, in the audit trail and in the read models: nothing may be missing, nothing twice.
            For a stack in Development only; what it leaves behind stays, under ids that begin with the name of the run.

            Exit codes: 0 everything agrees, 1 it does not or a service does not answer, 2 wrong usage, 3 this is not Development.
            """) { clients, weeks, seed, tenant, json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var installed = Installed.Here();
            var cast = new Cast(parsed.GetValue(tenant)!, "sim-" + RandomNumberGenerator.GetHexString(6, lowercase: true));
            using var http = new Door(installed, TokenCommand.Key(installed.SecretsDirectory));
            await using var bus = await BusDoor.Open(installed.Bus(cast.Tenant + ".ehr"), cast.Tenant, cast.Run, ct);
            var show = !parsed.GetValue(json);
            var simulation = new Simulation(cast, http, bus, show ? Console.WriteLine : _ => { });
            var watch = Stopwatch.StartNew();
            var report = await simulation.Run(parsed.GetValue(seed), parsed.GetValue(clients), parsed.GetValue(weeks), Math.Min(Lanes, parsed.GetValue(clients)), ct);
            if (!show) Output.Json(report);
            else
            {
                Output.Table(["command", "acknowledged"], report.Acknowledged.Select(c => new string?[] { c.Key, c.Value.ToString(CultureInfo.InvariantCulture) }));
                foreach (var refusal in report.Refused) Console.WriteLine($"refused meanwhile: {refusal.Key} {refusal.Value} times");
                foreach (var line in report.Wrong.Take(MaxShown)) Console.WriteLine(Output.Printable(line));
                Console.WriteLine($"{report.Commands} commands acknowledged, {report.SentTwice} of them sent twice, in {watch.Elapsed.TotalSeconds:0.0} s; "
                    + $"{report.Entries} entries in the trails; {(report.Wrong.Length == 0 ? "nothing missing, nothing twice" : report.Wrong.Length + " do not agree")}");
            }
            return report.Wrong.Length == 0 ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static Option<int> Number(string name, string description, int usual, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && (value < 1 || value > most)) result.AddError($"{name}: 1 to {most}");
        });
        return option;
    }
}
