using Clinic.EventLog;

namespace Clinic.Tests.Infra;

public sealed class Projecting(Stack stack)
{
    private static readonly SchemaScript View = new("100_totals", """
        create table views.totals (tenant_id text, stream text, total bigint check (total < 1000), events bigint, primary key (tenant_id, stream));
        select clinic.protect_by_tenant('views.totals');
        """);

    private static readonly Projection Totals = new("totals", logged => logged.Event.Data is not Counted counted ? [] :
    [
        Sql.Statement("insert into views.totals values ($1, $2, 0, 0) on conflict do nothing", logged.Event.TenantId, logged.Event.StreamKey),
        Sql.Statement("update views.totals set total = total + $3, events = events + 1 where tenant_id = $1 and stream = $2",
            logged.Event.TenantId, logged.Event.StreamKey, counted.Amount)
    ]);

    [Fact]
    public async Task a_view_follows_the_log_and_continues_after_a_restart_where_it_was()
    {
        await using var probe = await (await Probe.On(stack, View)).WithSequencer();
        var host = await probe.Start(Host(probe, Totals));
        for (var n = 0; n < 10; n++) await probe.Append("a", n, new Counted(1));
        await Shown(probe, 10);
        await host.StopAsync(CancellationToken.None);
        for (var n = 10; n < 20; n++) await probe.Append("a", n, n == 15 ? new Halved() : new Counted(1));
        await probe.LogHas(20);
        await probe.Start(Host(probe, Totals));
        await Shown(probe, 19);
        (await probe.Test.Value<long>("select position from clinic.checkpoint where name = 'totals'")).ShouldBe(19);
    }

    [Fact]
    public async Task a_view_without_its_table_stops_alarms_and_goes_on_when_it_is_back()
    {
        await using var probe = await (await Probe.On(stack, View)).WithSequencer();
        await probe.Append("a", 0, new Counted(1), new Counted(2));
        await probe.LogHas(2);
        await probe.Test.AsSuperuser("alter table views.totals rename to elsewhere");
        await probe.Start(Host(probe, Totals, new Projection("others", _ => [])));
        await Eventually.True(() => probe.Alarms.Active.ContainsKey("projection-totals"), "an alarm");
        await Eventually.True(async () => (await probe.Test.Column<string>("select name from clinic.checkpoint")).SequenceEqual(["others"]), "the healthy view to go on");
        (await probe.Test.Value<long>("select count(*) from clinic.stale_view")).ShouldBe(0);

        await probe.Test.AsSuperuser("alter table views.elsewhere rename to totals");
        await Shown(probe, 2);
        await Eventually.True(() => probe.Alarms.Active.Count == 0, "the alarm to end");
    }

    [Fact]
    public async Task a_receipt_waits_until_the_view_has_passed_it_and_no_longer()
    {
        await using var probe = await (await Probe.On(stack, View)).WithSequencer();
        await probe.Start(Host(probe, Totals));
        var write = Probe.Write("a", 0, new Counted(1));
        await probe.Store.Append(Probe.Request([write]));
        (await Passed(probe, write.Events[0].Id, 10)).ShouldBeTrue();
        (await probe.Test.Value<long>("select total from views.totals")).ShouldBe(1);
        (await Passed(probe, Guid.NewGuid(), 0.2)).ShouldBeFalse();
    }

    [Fact]
    public async Task of_two_instances_one_projects()
    {
        await using var first = await (await Probe.On(stack, View)).WithSequencer();
        await using var second = first.SecondInstance();
        await first.Start(Host(first, Totals));
        await second.Start(Host(second, Totals));
        for (var n = 0; n < 50; n++) await first.Append("a", n, new Counted(1));
        await Shown(first, 50);
        (await first.Test.Value<long>("select total from views.totals")).ShouldBe(50);
    }

    [Fact]
    public async Task a_view_stops_at_an_event_it_does_not_know()
    {
        await using var probe = await (await Probe.On(stack, View)).WithSequencer();
        await probe.Append("a", 0, new Counted(1));
        await probe.LogHas(1);
        await probe.Test.AsSuperuser("alter table mt_events disable trigger append_only; update mt_events set type = 'from_the_future'");
        await probe.Start(Host(probe, Totals));
        await Eventually.True(() => probe.Alarms.Active.ContainsKey("projection-totals"), "an alarm");
        (await probe.Test.Column<long>("select position from clinic.checkpoint")).ShouldBeEmpty();
    }

    private static ProjectionHost Host(Probe probe, params Projection[] projections) =>
        new(probe.Database, Probe.Types, projections, probe.Signals, probe.Alarms, probe.Log.For<ProjectionHost>());

    private static Task Shown(Probe probe, long events) => Eventually.True(
        async () => (await probe.Test.Column<long>("select events from views.totals")).Contains(events), $"{events} events in the view");

    private static Task<bool> Passed(Probe probe, Guid receipt, double seconds) =>
        Checkpoints.Passed(probe.Database, "totals", receipt, TimeSpan.FromSeconds(seconds), CancellationToken.None);
}
