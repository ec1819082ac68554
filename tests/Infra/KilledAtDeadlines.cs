using System.Diagnostics;
using System.Text.Json;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>
/// Two processes of one service whose deadlines are due; each is killed again and again, wherever it is, and started again.
/// </summary>
public sealed class KilledAtDeadlines(Stack stack)
{
    private const string Plan = "CLINIC_DEADLINES_PLAN";
    private const int All = 400;
    private const int Kills = 6;

    private static readonly Projection Waiting = new("waiting", logged => logged.Event.Data is Counted { Note: null }
        ? [Deadlines.Set(logged, "remind/it", logged.Event.Timestamp)] : []);

    [Fact]
    public async Task every_deadline_has_its_effect_exactly_once()
    {
        if (Environment.GetEnvironmentVariable(Plan) is { Length: > 0 } given)
        {
            // this is one of the processes
            await Serve(JsonSerializer.Deserialize<DatabaseSettings>(await File.ReadAllTextAsync(given))!);
            return;
        }
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        for (var n = 0; n < All; n++) await probe.Append($"s{n}", 0, new Counted(1));
        await probe.LogHas(All);
        var plan = Path.GetTempFileName();
        var processes = new Process?[2];
        try
        {
            await File.WriteAllTextAsync(plan, JsonSerializer.Serialize(probe.Test.Settings));
            for (var n = 0; n < 2; n++) processes[n] = Begin(plan);
            for (var kill = 1; kill <= Kills; kill++)
            {
                var share = All * kill / (Kills + 1);
                await Eventually.True(async () => await Effects(probe) >= share, $"{share} effects", 60);
                // the leader of the moment is among them: the other has waited for it to die
                var victim = processes[kill % 2]!;
                victim.Kill();
                await victim.WaitForExitAsync();
                victim.Dispose();
                processes[kill % 2] = Begin(plan);
            }
            await Eventually.True(async () => await probe.Test.Value<bool>("select count(*) filter (where fired_at is null) = 0 and count(*) = 400 from clinic.deadline"),
                "every deadline to be marked", 60);
        }
        finally
        {
            foreach (var process in processes)
            {
                process?.Kill();
                process?.Dispose();
            }
            File.Delete(plan);
        }
        (await probe.Test.Column<long>("select count(*) from mt_events where data ->> 'note' = 'overdue' group by stream_id")).ShouldBe(Enumerable.Repeat(1L, All));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Kills} kills, {await probe.Test.Value<long>("select count(*) from clinic.inbox where asked > 1")} deadlines fired again after their effect");
    }

    private static async Task Serve(DatabaseSettings settings)
    {
        var log = new Log();
        await using var database = new Database(settings);
        var store = new EventStore(database, Probe.Types, Probe.Seal, new Signals());
        using var projecting = new ProjectionHost(database, Probe.Types, [Waiting], new Signals(), new Alarms(log.For<Alarms>()), log.For<ProjectionHost>());
        using var worker = new DeadlineWorker(database, [new DeadlineHandler("remind", async (due, ct) =>
        {
            var version = (await store.Load<Counter>(due.Tenant, due.Stream, default, ct)).Version;
            await store.Append(Probe.Request([Probe.Write(due.Stream, version, new Counted(1, "overdue"))],
                inbox: due.Inbox("probe", new CommandAccepted(due.MessageId, due.Stream, version + 1))), ct);
            // most kills fall here, between effect and mark
            await Task.Delay(10, ct);
        })], TimeProvider.System, new Alarms(log.For<Alarms>()), log.For<DeadlineWorker>());
        await projecting.StartAsync(CancellationToken.None);
        await worker.StartAsync(CancellationToken.None);
        await Task.Delay(Timeout.Infinite);
    }

    private static Process Begin(string plan) => Process.Start(new ProcessStartInfo("dotnet", [typeof(KilledAtDeadlines).Assembly.Location, "-method",
        $"{typeof(KilledAtDeadlines).FullName}.{nameof(every_deadline_has_its_effect_exactly_once)}"])
    { Environment = { [Plan] = plan }, RedirectStandardOutput = true })!;

    private static Task<long> Effects(Probe probe) => probe.Test.Value<long>("select count(*) from mt_events where data ->> 'note' = 'overdue'");
}
