using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>
/// Two processes, sixteen writers each, thirty hot streams, message ids raced for, cancellations, rollbacks: afterwards the
/// database holds what every caller was told, and nothing else. RUN_STRESS_SECONDS lengthens it.
/// </summary>
public sealed class Stress(Stack stack)
{
    private const string Plan = "CLINIC_STRESS_PLAN";

    [Fact]
    public async Task two_processes_that_race_in_every_way_leave_exactly_what_their_callers_were_told()
    {
        if (Environment.GetEnvironmentVariable(Plan) is { Length: > 0 } given)
        {
            // this is the second process
            await StressWriters.Run(JsonSerializer.Deserialize<StressPlan>(await File.ReadAllTextAsync(given))!);
            return;
        }
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        var folder = Directory.CreateTempSubdirectory("clinic-stress-");
        try
        {
            var outcomes = await Run(probe, folder.FullName);
            await Eventually.True(async () => !await probe.Test.Value<bool>("select exists (select from clinic.log_queue)"), "an empty queue", 60);
            var found = await Compare(probe, outcomes);
            var told = outcomes.GroupBy(o => o.Told).ToDictionary(g => g.Key, g => g.Count());
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", told.Select(p => $"{p.Key} {p.Value}")));
            found.Where(p => p.Value != 0).ShouldBeEmpty();
            foreach (var race in new[] { "Committed", "Conflict", "Duplicate", "Cancelled", "RolledBack" }) told.ShouldContainKey(race);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<StressOutcome[]> Run(Probe probe, string folder)
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("RUN_STRESS_SECONDS") ?? "15", CultureInfo.InvariantCulture);
        StressPlan PlanOf(int process) => new(probe.Test.Settings, process, seconds, Path.Combine(folder, $"outcomes-{process}.json"));
        var plan = Path.Combine(folder, "plan.json");
        await File.WriteAllTextAsync(plan, JsonSerializer.Serialize(PlanOf(1)));
        var start = new ProcessStartInfo("dotnet", [typeof(Stress).Assembly.Location, "-method",
            $"{typeof(Stress).FullName}.{nameof(two_processes_that_race_in_every_way_leave_exactly_what_their_callers_were_told)}"])
        { Environment = { [Plan] = plan }, RedirectStandardOutput = true };
        using var second = Process.Start(start)!;
        var output = second.StandardOutput.ReadToEndAsync();
        await StressWriters.Run(PlanOf(0));
        var said = await output;
        await second.WaitForExitAsync();
        second.ExitCode.ShouldBe(0, said);
        return [.. new[] { 0, 1 }.SelectMany(n => JsonSerializer.Deserialize<StressOutcome[]>(File.ReadAllText(PlanOf(n).Outcomes))!)];
    }

    private static async Task<Dictionary<string, long>> Compare(Probe probe, StressOutcome[] outcomes)
    {
        var test = probe.Test;
        var stored = (await test.Column<Guid>("select id from mt_events")).ToHashSet();
        var logged = (await test.Column<Guid>("select event_id from clinic.log")).ToHashSet();
        var committed = outcomes.Where(o => o.Told == "Committed").ToArray();
        var unknown = outcomes.Where(o => o.Told == "Cancelled").ToArray();
        var may = committed.Concat(unknown).SelectMany(o => o.Events).ToHashSet();
        var effects = committed.Concat(unknown.Where(o => o.Events.Any(stored.Contains))).Where(o => o.Message is not null);
        var rolledBack = outcomes.Where(o => o.Told == "RolledBack").Sum(o => o.Events.Length);
        return new()
        {
            ["lost"] = committed.SelectMany(o => o.Events).Count(id => !stored.Contains(id) || !logged.Contains(id)),
            ["phantom"] = stored.Count(id => !may.Contains(id)),
            ["partial"] = outcomes.Count(o => o.Events.Any(stored.Contains) && !o.Events.All(stored.Contains)),
            ["double"] = effects.GroupBy(o => o.Message).Count(same => same.Count() > 1),
            ["version holes"] = await test.Value<long>("""
                select count(*) from mt_streams s left join (select stream_id, count(*) n, max(version) top from mt_events group by 1) e on e.stream_id = s.id
                where s.version is distinct from e.top or e.n <> e.top
                """),
            ["log holes"] = await test.Value<long>("""
                select (select count(*) from mt_events) - count(*) + (select size from clinic.log_head) - count(*) + coalesce(max(position) + 1, 0) - count(*) from clinic.log
                """),
            ["order breaks"] = await test.Value<long>("""
                select count(*) from (select e.version, lag(e.version, 1, 0::bigint) over (partition by e.stream_id order by l.position) before
                                      from clinic.log l join mt_events e using (seq_id)) x where version <> before + 1
                """),
            // a rolled-back transaction had drawn its numbers; a conflict, a duplicate or a cancellation had not
            ["sequence gaps from conflicts"] = await test.Value<long>("select last_value from mt_events_sequence") - stored.Count - rolledBack,
            ["deadlocks"] = await test.Value<long>("select deadlocks from pg_stat_database where datname = current_database()"),
        };
    }
}
