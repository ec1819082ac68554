using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>What a running service notices by itself: events that no proof would ever cover, and writers that are not its own.</summary>
public sealed class Sweeping(Stack stack)
{
    [Fact]
    public async Task an_event_whose_queue_row_was_taken_away_is_an_alarm()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("s1", 0, new Counted(1));
        await probe.Test.AsSuperuser("delete from clinic.log_queue");
        await Sweep(probe);
        await Raised(probe, EventLog.Sweep.Unlogged);
        probe.Alarms.Active[EventLog.Sweep.Unlogged].ShouldStartWith("1 events are in no log");
    }

    [Fact, Trait("Abuse", "66")]
    public async Task an_event_inserted_beside_the_log_is_an_alarm_wherever_its_number_stands()
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        await probe.Append("s1", 0, new Counted(1));
        await probe.LogHas(1);
        await probe.Test.AsSuperuser("insert into public.mt_events (seq_id, id, stream_id, version, data, type, tenant_id) values (-7, gen_random_uuid(), 's1', 2, '{}', 'counted', 'north')");
        await Sweep(probe);
        await Raised(probe, EventLog.Sweep.Unlogged);
    }

    [Fact]
    public async Task everything_is_looked_at_page_by_page_and_what_all_pages_lack_is_said_together()
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        for (var n = 0; n < 7; n++) await probe.Append("s1", n, new Counted(1));
        await probe.LogHas(7);
        await probe.Test.AsSuperuser("""
            insert into public.mt_events (seq_id, id, stream_id, version, data, type, tenant_id)
            select n, gen_random_uuid(), 's1', 20 + n, '{}', 'counted', 'north' from generate_series(-9, -5) n
            """);
        await Sweep(probe, page: 2);
        await Eventually.True(() => probe.Alarms.Active.GetValueOrDefault(EventLog.Sweep.Unlogged)?.StartsWith("5 events", StringComparison.Ordinal) == true, "all five");
    }

    [Fact]
    public async Task looks_at_the_newest_alone_do_not_take_back_what_the_hourly_one_has_found()
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        for (var n = 0; n < 7; n++) await probe.Append("s1", n, new Counted(1));
        await probe.LogHas(7);
        await probe.Test.AsSuperuser("insert into public.mt_events (seq_id, id, stream_id, version, data, type, tenant_id) values (-7, gen_random_uuid(), 's1', 20, '{}', 'counted', 'north')");
        await Sweep(probe, page: 2);
        await Raised(probe, EventLog.Sweep.Unlogged);
        // the lead is lost, and won again
        await probe.Test.AsSuperuser("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid::bigint = hashtext('sweep')::bigint & 4294967295");
        await Eventually.True(() => probe.Log.Lines.Count(line => line.Contains("Leading sweep", StringComparison.Ordinal)) == 2, "the lead again");
        await Raised(probe, EventLog.Sweep.Unlogged);
    }

    [Fact]
    public async Task events_that_wait_for_a_position_longer_than_a_minute_are_an_alarm_until_they_have_it()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("s1", 0, new Counted(1));
        await probe.Test.AsSuperuser("alter table public.mt_events disable trigger user; update public.mt_events set timestamp = timestamp - interval '61 seconds'");
        await Sweep(probe);
        await Raised(probe, EventLog.Sweep.Waiting);
        await probe.WithSequencer();
        await Eventually.True(() => probe.Alarms.Active.Count == 0, "no alarm");
    }

    [Fact]
    public async Task under_load_nothing_is_taken_for_lost()
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        await Sweep(probe);
        for (var round = 0; round < 10; round++) await Task.WhenAll(Enumerable.Range(0, 50).Select(n => probe.Append($"r{round}-{n}", 0, new Counted(n))));
        await probe.LogHas(500);
        probe.Log.Lines.ShouldNotContain(line => line.Contains("Alarm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_second_sequencer_is_an_alarm()
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        await probe.Append("s1", 0, new Counted(1));
        await probe.LogHas(1);
        // somebody moves the head without holding the lead
        await probe.Test.AsSuperuser("update clinic.log_head set size = 7");
        await probe.Append("s1", 1, new Counted(1));
        await Raised(probe, "second-writer");
    }

    [Fact]
    public async Task an_event_sealed_with_another_key_is_an_alarm()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("s1", 0, new Counted(1));
        await probe.Start(probe.NewSequencer(Probe.ForeignSeal));
        await Raised(probe, "bad-mac");
    }

    private static Task<Sweep> Sweep(Probe probe, int page = 100_000) =>
        probe.Start(new Sweep(probe.Database, probe.Alarms, TimeProvider.System, probe.Log.For<Sweep>(), TimeSpan.FromMilliseconds(50), page));

    private static Task Raised(Probe probe, string alarm) => Eventually.True(() => probe.Alarms.Active.ContainsKey(alarm), alarm);
}
