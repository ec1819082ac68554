using System.Collections.Concurrent;
using Clinic.EventLog;
using Clinic.EventLog.Drift;

namespace Clinic.Tests.Infra;

/// <summary>A view whose rows somebody changes by hand, beside a projection that goes on writing them.</summary>
public sealed class Drifting(Stack stack)
{
    [Fact]
    public async Task a_row_changed_by_hand_is_an_alarm_within_seconds_goes_on_record_and_is_repaired()
    {
        await using var probe = await Running();
        await Counted(probe, 20);
        var right = await TotalsView.Digest(probe);
        var records = await Watched(probe);

        await probe.Test.AsSuperuser("update views.totals set total = 999 where stream = 's3'");
        await Eventually.True(() => probe.Alarms.Active.ContainsKey("drift-totals"), "the alarm", 10);
        await Eventually.True(() => records.Repairs.Count == 1, "the repair");
        (await TotalsView.Digest(probe)).ShouldBe(right);
        var found = records.Finds.Single();
        (found.Tenant, found.View, found.Changed, found.Missing, found.Added, string.Join(',', found.Keys)).ShouldBe(("north", "totals", 1, 0, 0, "totals/north/s3"));
        await Eventually.True(() => probe.Alarms.Active.Count == 0, "the alarm to end");
        probe.Log.Lines.ShouldNotContain(line => line.Contains("999", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_row_deleted_and_one_invented_are_found_too()
    {
        await using var probe = await Running();
        await Counted(probe, 20);
        var right = await TotalsView.Digest(probe);
        var records = await Watched(probe);
        await probe.Test.AsSuperuser("delete from views.totals where stream = 's4'; insert into views.totals values ('south', 'nobody', 1, 1, now())");
        await Eventually.True(() => records.Repairs.Sum(r => r.Missing + r.Added) == 2, "the repair");
        records.Finds.Select(f => $"{f.Tenant} {f.Missing} {f.Added}").Order().ShouldBe(["north 1 0", "south 0 1"]);
        (await TotalsView.Digest(probe)).ShouldBe(right);
    }

    [Fact]
    public async Task what_the_projection_writes_meanwhile_is_never_drift_and_a_change_amid_it_is()
    {
        await using var probe = await Running();
        await Counted(probe, 20);
        var records = await Watched(probe);
        for (var round = 1; round <= 40; round++)
            await Task.WhenAll(Enumerable.Range(0, 10).Select(n => probe.Append($"w{n}", round - 1, new Counted(1))));
        await probe.LogHas(420);
        records.Finds.ShouldBeEmpty();
        var writing = Task.Run(async () =>
        {
            for (var round = 41; round <= 80; round++) await Task.WhenAll(Enumerable.Range(0, 10).Select(n => probe.Append($"w{n}", round - 1, new Counted(1))));
        });
        // the same rows that are written to
        await probe.Test.AsSuperuser("update views.totals set events = events + 1000 where stream = 'w3'");
        await writing;
        await TotalsView.At(probe, 819);
        await Eventually.True(async () => await probe.Test.Value<long>("select events from views.totals where stream = 'w3'") == 80, "the repair");
        records.Finds.Select(f => string.Join(',', f.Keys)).Distinct().ShouldBe(["totals/north/w3"]);
    }

    [Fact]
    public async Task a_table_larger_than_one_look_is_gone_through_and_what_was_written_last_comes_first()
    {
        await using var probe = await Running();
        await Task.WhenAll(Enumerable.Range(0, 2500).Select(n => probe.Append($"s{n:d4}", 0, new Counted(1))));
        await TotalsView.At(probe, 2499);
        var records = await Watched(probe);
        await probe.Test.AsSuperuser("update views.totals set total = 7 where stream in ('s0003', 's2222'); delete from views.totals where stream = 's1777'");
        await Eventually.True(() => records.Repairs.Sum(r => r.Changed + r.Missing) == 3, "all three");
        (await probe.Test.Value<long>("select count(*) from views.totals where total = 1")).ShouldBe(2500);
    }

    [Fact]
    public async Task a_rebuild_another_shape_and_a_stream_the_view_cannot_apply_are_no_drift()
    {
        await using var probe = await Running();
        await Counted(probe, 20);
        // more than the view allows: the stream is left out from there on
        await probe.Append("s1", 4, new Counted(2000));
        await probe.Append("s1", 5, new Counted(1));
        await Eventually.True(() => probe.Alarms.Active.ContainsKey("stale-totals"), "the stream to be left out");
        var records = await Watched(probe);
        await Rebuild.Run(probe.Test.Target, Probe.Types, TotalsView.Totals);
        await probe.Test.AsSuperuser("alter table views.totals add column more text default 'x'");
        await Counted(probe, 5, "later");
        await Looked(probe, records);
        records.Finds.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_table_without_a_key_is_compared_row_by_row_and_copy_by_copy()
    {
        var heaped = new Projection("heap", logged => logged.Event.Data is not Infra.Counted ? []
            : [Sql.Statement("insert into views.heap values ($1, 'said in confidence')", logged.Event.TenantId)])
        { Tables = ["heap"] };
        await using var probe = await (await Probe.On(stack, new SchemaScript("100_heap", "create table views.heap (tenant_id text, said text); select clinic.protect_by_tenant('views.heap')"))).WithSequencer();
        await probe.Start(TotalsView.Host(probe, heaped));
        await probe.Append("s", 0, new Counted(1), new Counted(1), new Counted(1));
        await TotalsView.At(probe, 2, "heap");
        var records = new Records();
        await probe.Start(new DriftWatch(probe.Database, Probe.Types, [heaped], records, probe.Alarms, TimeProvider.System, probe.Log.For<DriftWatch>(), TimeSpan.FromMilliseconds(50)));
        await probe.Test.AsSuperuser("delete from views.heap where ctid = '(0,2)'; insert into views.heap values ('north', 'invented')");
        await Eventually.True(() => records.Repairs.Sum(r => r.Changed + r.Added) == 2, "the repair");
        (await probe.Test.Column<string>("select said from views.heap")).ShouldBe(["said in confidence", "said in confidence", "said in confidence"]);
        records.Finds.SelectMany(f => f.Keys).Distinct().ShouldBe(["heap"]);
    }

    [Fact]
    public async Task what_cannot_be_put_on_record_is_not_repaired_and_the_alarm_stays()
    {
        await using var probe = await Running();
        await Counted(probe, 20);
        var records = await Watched(probe);
        records.Broken = true;
        await probe.Test.AsSuperuser("update views.totals set total = 999 where stream = 's3'");
        await Eventually.True(() => probe.Alarms.Active.ContainsKey("drift-totals"), "the alarm");
        (await probe.Test.Value<long>("select total from views.totals where stream = 's3'")).ShouldBe(999);
        records.Broken = false;
        await Eventually.True(() => records.Repairs.Count == 1, "the repair");
    }

    [Fact]
    public async Task the_copies_are_frozen_by_the_session_that_owns_them_because_nobody_else_can()
    {
        await using var probe = await Running();
        await Counted(probe, 20);
        var records = await Watched(probe, TimeSpan.FromMilliseconds(200));
        await Eventually.True(() => probe.Test.Value<bool>("select count(*) > 0 from pg_stat_all_tables where schemaname like 'pg_temp%' and relname = 'totals' and vacuum_count > 0"), "a vacuum", 10);
        // and what is compared is the same
        await Counted(probe, 20, "t");
        await Looked(probe, records);
        records.Finds.ShouldBeEmpty();
    }

    private async Task<Probe> Running()
    {
        var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        await probe.Start(TotalsView.Host(probe, TotalsView.Totals));
        return probe;
    }

    private static async Task Counted(Probe probe, int events, string stream = "s")
    {
        var before = await probe.Test.Value<long>("select size from clinic.log_head");
        for (var n = 0; n < events; n++) await probe.Append($"{stream}{n % 5}", n / 5, new Counted(1));
        await TotalsView.At(probe, before + events - 1);
    }

    /// <summary>Has compared everything at least once.</summary>
    private static async Task<Records> Watched(Probe probe, TimeSpan? tidies = null)
    {
        var records = new Records();
        await probe.Start(new DriftWatch(probe.Database, Probe.Types, [TotalsView.Totals], records, probe.Alarms, TimeProvider.System, probe.Log.For<DriftWatch>(),
            TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), tidies));
        await Looked(probe, records);
        return records;
    }

    /// <summary>A change by hand is found by a look that began after it, so everything before was looked at, too.</summary>
    private static async Task Looked(Probe probe, Records records)
    {
        var finds = records.Finds.Count;
        await probe.Test.AsSuperuser("insert into views.totals (tenant_id, stream, total, events) values ('', 'planted', 0, 0)");
        await Eventually.True(async () => await probe.Test.Value<long>("select count(*) from views.totals where stream = 'planted'") == 0, "a look", 30);
        records.Finds.Count.ShouldBe(finds);
        await Eventually.True(() => !probe.Alarms.Active.ContainsKey("drift-totals"), "the alarm to end");
    }

    private sealed class Records : IDriftRecords
    {
        public ConcurrentQueue<DriftFound> Finds { get; } = new();

        public ConcurrentQueue<DriftFound> Repairs { get; } = new();

        public volatile bool Broken;

        public Task Found(DriftFound found, CancellationToken ct)
        {
            if (Broken) throw new IOException("no record");
            Finds.Enqueue(found);
            return Task.CompletedTask;
        }

        public Task Repaired(DriftFound found, CancellationToken ct)
        {
            Repairs.Enqueue(found);
            return Task.CompletedTask;
        }
    }
}
