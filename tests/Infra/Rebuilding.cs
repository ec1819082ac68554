using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests.Infra;

public sealed class Rebuilding(Stack stack)
{
    public static TheoryData<bool> BothWays => [false, true];

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task T53_rebuilt_equals_live_byte_for_byte_and_keeps_keys_indexes_and_rights(bool folded)
    {
        await using var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        for (var n = 0; n < 30; n++) await probe.Append($"s{n % 7}", n / 7 * 2, new Counted(n, n % 3 == 0 ? "note" : null), new Halved());
        await probe.LogHas(60);
        var host = await probe.Start(TotalsView.Host(probe, TotalsView.Totals));
        await TotalsView.At(probe, 59);
        await host.StopAsync(CancellationToken.None);
        var (live, shape) = (await TotalsView.Digest(probe), await Shape(probe));
        await probe.Test.AsSuperuser("update views.totals set total = 999 where stream = 's1'; delete from views.totals where stream = 's2'");
        (await TotalsView.Digest(probe)).ShouldNotBe(live);

        var report = await Run(probe, folded ? TotalsView.Folded : TotalsView.Totals);
        (report.Position, report.Stale.Count).ShouldBe((59, 0));
        (await TotalsView.Digest(probe)).ShouldBe(live);
        (await Shape(probe)).ShouldBe(shape);
        (await probe.Test.Value<long>("select count(*) from clinic.publication")).ShouldBe(0);
        (await probe.Database.Read(Probe.North, "select stream from views.totals where tenant_id = $1", r => r.GetString(0), CancellationToken.None)).Count.ShouldBe(7);
        (await probe.Database.Read("south", "select stream from views.totals where tenant_id <> $1", r => r.GetString(0), CancellationToken.None)).ShouldBeEmpty();

        await probe.Start(TotalsView.Host(probe, TotalsView.Totals));
        await probe.Append("s0", 10, new Counted(1));
        await TotalsView.At(probe, 60);
    }

    [Fact]
    public async Task a_row_changed_added_or_removed_by_hand_is_found_and_two_machines_agree_on_what_it_should_be()
    {
        await using var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        for (var n = 0; n < 12; n++) await probe.Append($"s{n % 4}", n / 4, new Counted(n));
        await probe.LogHas(12);
        await probe.Start(TotalsView.Host(probe, TotalsView.Totals));
        var fine = await Rebuild.Compare(probe.Test.Target, Probe.Types, TotalsView.Totals);
        (fine.Position, fine.Changed, fine.Missing, fine.Digest).ShouldBe((11, 0, 0, await TotalsView.Digest(probe)));
        await probe.Test.AsSuperuser("update views.totals set total = 999 where stream = 's1'; delete from views.totals where stream = 's2'");
        var drifted = await Rebuild.Compare(probe.Test.Target, Probe.Types, TotalsView.Totals);
        (drifted.Changed, drifted.Missing, drifted.Digest).ShouldBe((1, 2, fine.Digest));
        // looking changes nothing, and a rebuild mends it
        (await probe.Test.Value<long>("select count(*) from pg_tables where schemaname = 'views_next'")).ShouldBe(0);
        (await TotalsView.Digest(probe)).ShouldNotBe(fine.Digest);
        await Run(probe, TotalsView.Totals);
        (await TotalsView.Digest(probe)).ShouldBe(fine.Digest);
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task a_rebuild_under_a_running_projection_loses_and_doubles_nothing(bool folded)
    {
        await using var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        await probe.Start(TotalsView.Host(probe, TotalsView.Totals));
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++, Interlocked.Increment(ref written)) await probe.Append($"s{writer}", n, new Counted(n % 2 == 0 ? 1 : -1));
        }));
        for (var n = 0; n < 5; n++) await Run(probe, folded ? TotalsView.Folded : TotalsView.Totals);
        await stop.CancelAsync();
        await writing;
        await TotalsView.At(probe, written - 1);
        (await probe.Test.Column<bool>("""
            select t.events = s.version from views.totals t join mt_streams s on s.id = t.stream
            """)).ShouldBe([true, true, true, true]);
        (await probe.Test.Value<long>("select generation from clinic.checkpoint where name = 'totals'")).ShouldBe(5);
        probe.Alarms.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_was_stale_is_whole_again_when_the_cause_is_mended_and_stays_marked_when_not()
    {
        await using var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        await probe.Append("bad", 0, new Counted(1), new Counted(5_000), new Counted(1));
        await probe.Append("good", 0, new Counted(1));
        await probe.LogHas(4);
        await probe.Start(TotalsView.Host(probe, TotalsView.Totals));
        await TotalsView.At(probe, 3);
        var live = await TotalsView.Digest(probe);
        // the fold knows no constraint; the table does, and then it goes event by event
        foreach (var projection in new[] { TotalsView.Totals, TotalsView.Folded })
        {
            (await Run(probe, projection)).Stale.ShouldBe([new StaleStream(Probe.North, "bad", 1, "23514 totals_total_check")]);
            (await TotalsView.Digest(probe)).ShouldBe(live);
        }

        await probe.Test.AsSuperuser("alter table views.totals drop constraint totals_total_check");
        (await Run(probe, TotalsView.Totals)).Stale.ShouldBeEmpty();
        (await probe.Test.Value<long>("select total from views.totals where stream = 'bad'")).ShouldBe(5_002);
        await Eventually.True(() => probe.Alarms.Active.Count == 0, "the alarm to end");
        await probe.Append("bad", 3, new Counted(1));
        await Eventually.True(async () => await probe.Test.Value<long>("select total from views.totals where stream = 'bad'") == 5_003, "the stream to be followed again");
    }

    [Fact]
    public async Task a_reader_in_the_way_delays_the_swap_and_never_breaks_it()
    {
        await using var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        await probe.Append("a", 0, new Counted(1));
        await probe.LogHas(1);
        await using var connection = await probe.Database.Worker.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("select * from views.totals", connection)) await command.ExecuteNonQueryAsync();
        var rebuild = Run(probe, TotalsView.Totals);
        await Task.Delay(2_500);
        rebuild.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync();
        (await rebuild).Position.ShouldBe(0);
    }

    [Fact]
    public async Task a_view_that_would_come_out_different_is_refused_and_stays()
    {
        await using var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        await probe.Append("a", 0, new Counted(1));
        await probe.LogHas(1);
        (await Should.ThrowAsync<InvalidOperationException>(() => Run(probe, TotalsView.Totals with { Tables = [] }))).Message.ShouldContain("not among its Tables");
        await probe.Test.AsSuperuser("grant insert on views.totals to probe_app");
        (await Should.ThrowAsync<InvalidOperationException>(() => Run(probe, TotalsView.Totals))).Message.ShouldContain("would differ");
        (await probe.Test.Column<long>("select generation from clinic.checkpoint where name = 'totals'")).ShouldBeEmpty();
    }

    private static Task<RebuildReport> Run(Probe probe, Projection projection) => Rebuild.Run(probe.Test.Target, Probe.Types, projection);

    private static async Task<string> Shape(Probe probe) => string.Join('\n', await probe.Test.Column<string>("""
        select pg_get_indexdef(indexrelid) as line from pg_index where indrelid = 'views.totals'::regclass
        union all select concat_ws(' ', conname, pg_get_constraintdef(oid)) from pg_constraint where conrelid = 'views.totals'::regclass
        union all select concat_ws(' ', polname, polcmd, polroles::text) from pg_policy where polrelid = 'views.totals'::regclass
        union all select concat_ws(' ', relrowsecurity, a) from pg_class, unnest(relacl) a where oid = 'views.totals'::regclass order by line
        """));
}
