using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Clinic.EventLog;

namespace Clinic.Cli.Replay;

/// <summary><c>clinic replay</c>.</summary>
public static class ReplayCommand
{
    public static Command Build()
    {
        var service = new Option<string>("--service") { Description = "Whose log.", Required = true };
        var stream = new Option<string>("--stream") { Description = "Which stream.", Required = true };
        var tenant = new Option<string>("--tenant") { Description = "Which clinic's; needed when several have a stream of that name." };
        var version = new Option<long?>("--version") { Description = "Up to this version." };
        var asOf = new Option<DateTimeOffset?>("--as-of") { Description = "As it was at this instant, for example 2026-03-02T09:00:00Z, by the log's own clock." };
        var data = new Option<bool>("--data") { Description = "Also what the events say, which may be a person's data." };
        var json = new Option<bool>("--json");
        version.Validators.Add(result => { if (result.Tokens is [var t] && long.TryParse(t.Value, out var n) && n < 1) result.AddError("--version: at least 1"); });
        var command = new Command("replay", """
            Prints a stream's events from the log, in order, and changes nothing. This is the operator's view: it passes by the
            services and is not recorded as a look at a record; auditors use `clinic trail`.

            Exit codes: 0 done, 1 there is no such stream or the database does not answer, 2 wrong usage.
            """) { service, stream, tenant, version, asOf, data, json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var name = parsed.GetRequiredValue(service);
            if (!Installed.Services.Contains(name)) throw new UsageException($"--service: one of {string.Join(", ", Installed.Services)}");
            if (parsed.GetValue(version) is not null && parsed.GetValue(asOf) is not null) throw new UsageException("--version or --as-of, not both");
            await using var database = new Database(Installed.Here().Service(name).Database);
            var events = await StreamHistory.Read(database, parsed.GetRequiredValue(stream), parsed.GetValue(tenant), parsed.GetValue(version), parsed.GetValue(asOf), ct);
            Print(events, parsed.GetValue(data), parsed.GetValue(json));
            return ExitCode.Done;
        }));
        return command;
    }

    private static void Print(IReadOnlyList<HistoricEvent> events, bool data, bool json)
    {
        if (json)
        {
            Output.Json(events.Select(e => new
            {
                e.Position,
                e.Version,
                e.Type,
                e.Tenant,
                e.User,
                e.Role,
                e.At,
                e.LoggedAt,
                e.Id,
                e.Hash,
                data = data ? JsonNode.Parse(e.Data) : null
            }));
            return;
        }
        string[] columns = ["position", "version", "type", "who", "role", "decided", "logged", "hash"];
        Output.Table(data ? [.. columns, "data"] : columns, events.Select(e =>
        {
            // not in the log yet: the sequencer is a moment behind
            string?[] row = [e.Position?.ToString(CultureInfo.InvariantCulture) ?? "-", e.Version.ToString(CultureInfo.InvariantCulture), e.Type, e.User, e.Role, Time(e.At),
                e.LoggedAt is { } logged ? Time(logged) : "-", e.Hash?[..12]];
            return data ? [.. row, e.Data] : row;
        }));
        Console.WriteLine($"replay: {events.Count} events");
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
