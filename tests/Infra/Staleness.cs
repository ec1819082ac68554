using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>A view that stumbles over one stream.</summary>
public sealed class Staleness(Stack stack)
{
    private static readonly Projection Throwing = TotalsView.Totals with
    {
        Apply = logged => logged.Event.Data is Counted { Note: "poison" } ? throw new FormatException("poison") : TotalsView.Totals.Apply(logged)
    };

    [Theory]
    [InlineData(5_000, null, "23514 totals_total_check")]
    [InlineData(1, "poison", "FormatException")]
    public async Task an_event_a_view_cannot_apply_takes_only_its_stream_out(long amount, string? note, string reason)
    {
        await using var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        await probe.Append("good", 0, new Counted(1));
        await probe.Append("bad", 0, new Counted(1), new Counted(amount, note), new Counted(1));
        await probe.Append("good", 1, new Counted(1));
        await probe.LogHas(5);
        await probe.Start(TotalsView.Host(probe, Throwing));
        await TotalsView.At(probe, 4);
        (await Rows(probe)).ShouldBe(["bad 1 1", "good 2 2"]);
        (await Marks(probe)).ShouldBe([$"totals north bad 2 {reason}"]);
        probe.Alarms.Active["stale-totals"].ShouldContain("position 2");

        // in the next page, too, and after a restart
        await probe.Append("bad", 3, new Counted(1));
        await probe.Append("good", 2, new Counted(1));
        await TotalsView.At(probe, 6);
        (await Rows(probe)).ShouldBe(["bad 1 1", "good 3 3"]);
        (await Marks(probe)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task many_bad_streams_in_one_page_and_a_bad_first_event_do_not_stop_the_rest()
    {
        await using var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        for (var n = 0; n < 40; n++) await probe.Append($"s{n}", 0, new Counted(n % 2 == 0 ? 5_000 : 1), new Counted(1));
        await probe.LogHas(80);
        await probe.Start(TotalsView.Host(probe, TotalsView.Totals));
        await TotalsView.At(probe, 79);
        (await Rows(probe)).Count.ShouldBe(20);
        (await Marks(probe)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task queries_can_tell_whom_a_stale_stream_concerns()
    {
        await using var probe = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        await probe.Append("of-ann", 0, new Counted(1, "ann"), new Counted(5_000));
        await probe.Append("of-bob", 0, new Counted(1, "bob"));
        await probe.LogHas(3);
        await probe.Start(TotalsView.Host(probe, TotalsView.Totals));
        await TotalsView.At(probe, 2);
        (await Stale(probe, "totals", Probe.North, "ann")).ShouldBeTrue();
        (await Stale(probe, "totals", Probe.North, "bob")).ShouldBeFalse();
        (await Stale(probe, "others", Probe.North, "ann")).ShouldBeFalse();
        (await Stale(probe, "totals", "south", "ann")).ShouldBeFalse();
        (await ViewState.IsStale(probe.Database, "totals", Probe.North, CancellationToken.None)).ShouldBeTrue();

        // a stream that names nobody may concern everybody
        await probe.Append("of-nobody", 0, new Counted(5_000));
        await TotalsView.At(probe, 3);
        (await Stale(probe, "totals", Probe.North, "bob")).ShouldBeTrue();
    }

    [Fact]
    public async Task a_standby_takes_over_within_seconds_and_says_what_is_stale()
    {
        await using var first = await (await Probe.On(stack, TotalsView.Schema)).WithSequencer();
        await using var second = first.SecondInstance();
        var leading = await first.Start(TotalsView.Host(first, TotalsView.Totals));
        await first.Append("a", 0, new Counted(1), new Counted(5_000));
        await TotalsView.At(first, 1);
        await second.Start(TotalsView.Host(second, TotalsView.Totals));
        await leading.StopAsync(CancellationToken.None);
        await first.Append("b", 0, new Counted(1));
        await Eventually.True(async () => (await Rows(first)).Contains("b 1 1"), "the standby to project", seconds: 5);
        await Eventually.True(() => second.Alarms.Active.ContainsKey("stale-totals"), "the standby to alarm", seconds: 5);
        first.Alarms.Active.ShouldBeEmpty();
    }

    private static Task<bool> Stale(Probe probe, string view, string tenant, string subject) =>
        ViewState.IsStale(probe.Database, view, tenant, "note", subject, CancellationToken.None);

    private static Task<List<string>> Rows(Probe probe) =>
        probe.Test.Column<string>("select stream || ' ' || total || ' ' || events from views.totals order by stream");

    private static Task<List<string>> Marks(Probe probe) =>
        probe.Test.Column<string>("select concat_ws(' ', view, tenant_id, stream_id, position, reason) from clinic.stale_view");
}
