using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>What an append must do.</summary>
public abstract partial class EventStoreConformance
{
    [Fact]
    public async Task a_new_stream_begins_at_version_one_and_is_loaded_as_it_was_written()
    {
        await using var probe = await Open();
        (await probe.Append("a", 0, new Counted(2), new Counted(3, "é😂<\"\\"))).Outcome.ShouldBe(AppendOutcome.Committed);
        var (state, version) = await probe.Store.Load<Counter>(Probe.North, "a");
        (version, state!.Version, state.Total).ShouldBe((2, 2, 5));
        state.Notes.ShouldBe(["é😂<\"\\"]);
        (await probe.Store.Load<Counter>(Probe.North, "b")).ShouldBe(new Loaded<Counter>(null, 0));
    }

    [Fact]
    public async Task the_expected_version_decides()
    {
        await using var probe = await Open();
        await probe.Append("a", 0, new Counted(1));
        foreach (var wrong in new long[] { 0, 2, 7 })
            (await probe.Append("a", wrong, new Counted(1))).ShouldBe(new AppendResult(AppendOutcome.Conflict, "a"));
        (await probe.Append("missing", 1, new Counted(1))).Outcome.ShouldBe(AppendOutcome.Conflict);
        (await probe.Append("a", 1, new Counted(1))).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Test.Column<long>("select version from mt_events order by seq_id")).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task a_guard_must_stand_where_it_was_seen()
    {
        await using var probe = await Open();
        await probe.Append("guard", 0, new Counted(1), new Counted(1));
        Task<AppendResult> Behind(long seen, string stream) =>
            probe.Store.Append(Probe.Request([Probe.Write(stream, 0, new Counted(1))], [new StreamGuard("guard", seen)]));
        (await Behind(1, "early")).ShouldBe(new AppendResult(AppendOutcome.Conflict, "guard"));
        (await Behind(2, "right")).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Test.Column<string>("select id from mt_streams order by id")).ShouldBe(["guard", "right"]);
        (await probe.Test.Value<long>("select version from mt_streams where id = 'guard'")).ShouldBe(2);
        await Should.ThrowAsync<ArgumentException>(() => Behind(0, "absent"));
    }

    [Fact]
    public async Task several_streams_are_written_all_or_none()
    {
        await using var probe = await Open();
        await probe.Append("b", 0, new Counted(1));
        var failing = await probe.Store.Append(Probe.Request([Probe.Write("a", 0, new Counted(1)), Probe.Write("b", 0, new Counted(1))]));
        failing.ShouldBe(new AppendResult(AppendOutcome.Conflict, "b"));
        (await probe.Test.Column<string>("select id from mt_streams")).ShouldBe(["b"]);

        var request = Probe.Request([Probe.Write("z", 0, new Counted(1)), Probe.Write("b", 1, new Counted(1), new Counted(1)), Probe.Write("a", 0, new Counted(1))]);
        (await probe.Store.Append(request)).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Test.Column<string>("select stream_id || version from mt_events order by seq_id")).ShouldBe(["b1", "z1", "b2", "b3", "a1"]);
    }

    [Fact]
    public async Task two_tenants_use_the_same_stream_id_apart()
    {
        await using var probe = await Open();
        foreach (var (tenant, amount) in new[] { ("north", 1L), ("south", 10L) })
            (await probe.Store.Append(Probe.Request([Probe.Write("a", 0, new Counted(amount))], tenant: tenant))).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Store.Load<Counter>("north", "a")).State!.Total.ShouldBe(1);
        (await probe.Store.Load<Counter>("south", "a")).State!.Total.ShouldBe(10);
        (await probe.Store.Load<Counter>("east", "a")).State.ShouldBeNull();
    }

    [Fact]
    public async Task what_jsonb_cannot_keep_exactly_is_refused_before_anything_is_stored()
    {
        await using var probe = await Open();
        (await Should.ThrowAsync<FormatException>(() => probe.Append("a", 0, new Counted(1, "nul\0")))).Message.ShouldContain("$.data.note");
        (await Should.ThrowAsync<FormatException>(() => probe.Append("a", 0, new Weighed(80.5m)))).Message.ShouldContain("$.data.kilograms");
        await Should.ThrowAsync<FormatException>(() => probe.Append("a", 0, new Counted(1L << 53)));
        (await probe.Test.Value<long>("select count(*) from mt_streams")).ShouldBe(0);
        (await probe.Append("a", 0, new Counted((1L << 53) - 1), new Counted(-(1L << 53) + 1))).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Store.Load<Counter>(Probe.North, "a", new LoadOptions(Verified: true))).State!.Total.ShouldBe(0);
    }

    [Fact]
    public async Task of_sixteen_appends_at_the_same_version_exactly_one_wins()
    {
        await using var probe = await Open();
        for (var version = 0; version < 10; version++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => probe.Append("a", version, new Counted(n))));
            results.Count(r => r.Outcome == AppendOutcome.Committed).ShouldBe(1);
        }
        (await probe.Test.Column<long>("select version from mt_events order by seq_id")).ShouldBe(Enumerable.Range(1, 10).Select(n => (long)n));
    }
}
