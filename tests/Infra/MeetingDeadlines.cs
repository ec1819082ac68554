using Clinic.Contracts.Messaging;
using Clinic.EventLog;

namespace Clinic.Tests.Infra;

public sealed class MeetingDeadlines(Stack stack)
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A count of n waits n minutes after noon for a halving; the note "fold" would be shown, too.</summary>
    private static readonly Projection Waiting = new("waiting", logged => logged.Event.Data switch
    {
        Counted e when e.Note is null => [Deadlines.Set(logged, "halve/it", Noon.AddMinutes(e.Amount))],
        Halved => [Deadlines.Clear(logged, "halve/it")],
        _ => []
    });

    [Fact]
    public async Task each_fires_once_when_it_is_due_with_two_workers_and_not_before()
    {
        await using var scene = await Scene.On(stack);
        for (var n = 0; n < 10; n++) await scene.Probe.Append($"s{n}", 0, new Counted(n % 2));
        await scene.Open(10);
        await scene.Start(scene.Probe, scene.Fire);
        await scene.Start(scene.Second, scene.Fire);
        await scene.Fired(5);
        scene.Time.Now = Noon.AddSeconds(59);
        await Task.Delay(1_200);
        await scene.Fired(5);
        scene.Time.Now = Noon.AddSeconds(60);
        await scene.Fired(10);
        (await scene.Effects()).ShouldAllBe(effects => effects == 1);
        (await scene.Probe.Test.Value<string>("select distinct subject from (select split_part(message_id, '/', 4) as subject from clinic.inbox where endpoint = 'deadline' and sender = 'probe') i")).ShouldBe("it");
    }

    [Fact]
    public async Task a_kill_between_append_and_mark_fires_again_to_no_effect()
    {
        await using var scene = await Scene.On(stack);
        await scene.Probe.Append("s", 0, new Counted(0));
        await scene.Open(1);
        var appended = new TaskCompletionSource();
        var first = await scene.Start(scene.Probe, async (due, ct) =>
        {
            await scene.Fire(due, ct);
            appended.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
        });
        await appended.Task;
        await first.StopAsync(CancellationToken.None);
        (await scene.Probe.Test.Value<bool>("select fired_at is null and attempts = 0 from clinic.deadline")).ShouldBeTrue();
        await scene.Start(scene.Second, scene.Fire);
        await scene.Fired(1);
        (await scene.Effects()).ShouldBe([1]);
    }

    [Fact]
    public async Task one_that_was_cleared_never_fires_and_one_that_was_moved_fires_at_its_new_time()
    {
        await using var scene = await Scene.On(stack);
        await scene.Probe.Append("cleared", 0, new Counted(1), new Halved());
        await scene.Probe.Append("moved", 0, new Counted(1), new Counted(5));
        await TotalsView.At(scene.Probe, 3, "waiting");
        await scene.Start(scene.Probe, scene.Fire);
        scene.Time.Now = Noon.AddMinutes(4);
        await Task.Delay(1_200);
        (await scene.Effects()).ShouldBe([0, 0]);
        scene.Time.Now = Noon.AddMinutes(5);
        await scene.Fired(1);
        (await scene.Effects()).ShouldBe([0, 1]);
        // moved once more: another deadline
        await scene.Probe.Append("moved", 3, new Counted(6));
        await scene.Open(1);
        scene.Time.Now = Noon.AddMinutes(6);
        await scene.Fired(1);
        (await scene.Effects()).ShouldBe([0, 2]);
    }

    [Fact]
    public async Task one_that_fails_is_tried_again_ever_later_and_alarms_and_does_not_hold_up_the_others()
    {
        await using var scene = await Scene.On(stack);
        await scene.Probe.Append("bad", 0, new Counted(0));
        await scene.Open(1);
        await scene.Probe.Append("good", 0, new Counted(0));
        await scene.Open(2);
        var broken = true;
        await scene.Start(scene.Probe, (due, ct) => broken && due.Stream == "bad" ? throw new InvalidOperationException("broken") : scene.Fire(due, ct));
        await scene.Fired(1);
        await Eventually.True(() => scene.Probe.Alarms.Active.ContainsKey("deadlines"), "an alarm");
        for (var n = 1; n <= 3; n++)
        {
            await Eventually.True(async () => await scene.Attempts() == n, $"{n} attempts");
            scene.Time.Now += TimeSpan.FromSeconds(Math.Pow(2, n - 1) - 0.1);
            await Task.Delay(700);
            (await scene.Attempts()).ShouldBe(n);
            broken = n < 3;
            scene.Time.Now += TimeSpan.FromSeconds(0.1);
        }
        await scene.Fired(2);
        (await scene.Effects()).ShouldBe([1, 1]);
        await Eventually.True(() => scene.Probe.Alarms.Active.Count == 0, "the alarm to end");
    }

    [Fact]
    public async Task a_rebuild_sets_again_only_what_the_view_had_missed()
    {
        await using var scene = await Scene.On(stack);
        await scene.Probe.Append("fired", 0, new Counted(0));
        await scene.Probe.Append("cleared", 0, new Counted(0), new Halved());
        await scene.Start(scene.Probe, scene.Fire);
        await scene.Fired(1);
        await scene.Probe.Test.AsSuperuser("""
            insert into clinic.stale_view (view, tenant_id, stream_id, position, reason) values ('waiting', 'north', 'missed', 0, 'test')
            """);
        await scene.Host.StopAsync(CancellationToken.None);
        await scene.Probe.Start(scene.Host = TotalsView.Host(scene.Probe, Waiting));
        await scene.Probe.Append("missed", 0, new Counted(0));
        await TotalsView.At(scene.Probe, await scene.Probe.Test.Value<long>("select count(*) - 1 from mt_events"), "waiting");
        (await scene.Effects()).ShouldBe([0, 1, 0]);
        await Rebuild.Run(scene.Probe.Test.Target, Probe.Types, Waiting);
        await scene.Fired(2);
        await Task.Delay(1_200);
        (await scene.Effects()).ShouldBe([0, 1, 1]);
    }

    /// <summary>Two instances of a service, a projection that sets deadlines, and a clock to turn.</summary>
    private sealed class Scene(Probe probe) : IAsyncDisposable
    {
        public Probe Probe => probe;
        public Probe Second { get; } = probe.SecondInstance();
        public Clock Time { get; } = new();
        public required ProjectionHost Host { get; set; }

        public static async Task<Scene> On(Stack stack)
        {
            var probe = await (await Probe.On(stack)).WithSequencer();
            return new Scene(probe) { Host = await probe.Start(TotalsView.Host(probe, Waiting)) };
        }

        public Task<DeadlineWorker> Start(Probe instance, Func<DueDeadline, CancellationToken, Task> fire) => instance.Start(
            new DeadlineWorker(instance.Database, [new DeadlineHandler("halve", fire)], Time, instance.Alarms, instance.Log.For<DeadlineWorker>()));

        public async Task Fire(DueDeadline due, CancellationToken ct)
        {
            var version = (await probe.Store.Load<Counter>(due.Tenant, due.Stream, default, ct)).Version;
            var result = await probe.Store.Append(Probe.Request([Probe.Write(due.Stream, version, new Counted(100, "overdue"))],
                inbox: due.Inbox("probe", new CommandAccepted(due.MessageId, due.Stream, version + 1))), ct);
            result.Outcome.ShouldNotBe(AppendOutcome.Conflict);
        }

        public Task Open(long count) => Eventually.True(async () =>
            await probe.Test.Value<long>("select count(*) from clinic.deadline where fired_at is null") == count, $"{count} open deadlines");

        public Task Fired(long count) => Eventually.True(async () =>
            await probe.Test.Value<long>("select count(*) from clinic.deadline where fired_at is not null") == count, $"{count} fired deadlines");

        public Task<int> Attempts() => probe.Test.Value<int>("select attempts from clinic.deadline where stream_id = 'bad'");

        /// <summary>How often each stream, by name, was told that it is overdue.</summary>
        public Task<List<long>> Effects() => probe.Test.Column<long>("""
            select count(*) filter (where data ->> 'note' = 'overdue') from mt_events group by stream_id order by stream_id
            """);

        public async ValueTask DisposeAsync()
        {
            await Second.DisposeAsync();
            await probe.DisposeAsync();
        }
    }

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset now = Noon;

        public DateTimeOffset Now
        {
            get => now;
            set => now = value;
        }

        public override DateTimeOffset GetUtcNow() => now;
    }
}
