using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests.Infra;

public sealed class Appends(Stack stack)
{
    [Fact]
    public async Task a_new_stream_begins_at_version_one_and_is_loaded_as_it_was_written()
    {
        await using var probe = await Probe.On(stack);
        (await probe.Append("a", 0, new Counted(2), new Counted(3, "é😂<\"\\"))).Outcome.ShouldBe(AppendOutcome.Committed);
        var (state, version) = await probe.Store.Load<Counter>(Probe.North, "a");
        (version, state!.Version, state.Total).ShouldBe((2, 2, 5));
        state.Notes.ShouldBe(["é😂<\"\\"]);
        (await probe.Store.Load<Counter>(Probe.North, "b")).ShouldBe(new Loaded<Counter>(null, 0));
    }

    [Fact]
    public async Task the_expected_version_decides_and_a_conflict_burns_no_sequence_number()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("a", 0, new Counted(1));
        foreach (var wrong in new long[] { 0, 2, 7 })
            (await probe.Append("a", wrong, new Counted(1))).ShouldBe(new AppendResult(AppendOutcome.Conflict, "a"));
        (await probe.Append("missing", 1, new Counted(1))).Outcome.ShouldBe(AppendOutcome.Conflict);
        (await probe.Append("a", 1, new Counted(1))).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Test.Column<long>("select seq_id from mt_events order by seq_id")).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task a_guard_must_stand_where_it_was_seen()
    {
        await using var probe = await Probe.On(stack);
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
        await using var probe = await Probe.On(stack);
        await probe.Append("b", 0, new Counted(1));
        var failing = await probe.Store.Append(Probe.Request([Probe.Write("a", 0, new Counted(1)), Probe.Write("b", 0, new Counted(1))]));
        failing.ShouldBe(new AppendResult(AppendOutcome.Conflict, "b"));
        (await probe.Test.Column<string>("select id from mt_streams")).ShouldBe(["b"]);

        var request = Probe.Request([Probe.Write("z", 0, new Counted(1)), Probe.Write("b", 1, new Counted(1), new Counted(1)), Probe.Write("a", 0, new Counted(1))]);
        (await probe.Store.Append(request)).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Test.Column<string>("select stream_id || version from mt_events order by seq_id")).ShouldBe(["b1", "z1", "b2", "b3", "a1"]);
    }

    [Fact]
    public async Task a_repeated_message_gets_the_first_answer_and_changes_nothing()
    {
        await using var probe = await Probe.On(stack);
        var answer = new CommandAccepted("m-1", "a", 1, Guid.NewGuid());
        Task<AppendResult> Send(string stream, byte body, object reply) => probe.Store.Append(
            Probe.Request([Probe.Write(stream, 0, new Counted(1))], inbox: new InboxEntry("probe.count.v1", "north.ehr", "m-1", new byte[] { body }, reply)));
        (await Send("a", 1, answer)).Outcome.ShouldBe(AppendOutcome.Committed);
        (await Send("b", 1, answer with { Stream = "b" })).ShouldBe(new AppendResult(AppendOutcome.Duplicate, null, answer, true));
        (await Send("c", 2, answer)).ShouldBe(new AppendResult(AppendOutcome.Duplicate, null, answer, false));
        (await probe.Test.Column<long>("select seq_id from mt_events")).ShouldBe([1]);
    }

    [Fact]
    public async Task ids_of_other_senders_and_other_commands_never_meet()
    {
        await using var probe = await Probe.On(stack);
        foreach (var (endpoint, sender) in new[] { ("x", "north.ehr"), ("x", "north.lab"), ("y", "north.ehr") })
        {
            var inbox = new InboxEntry(endpoint, sender, "m-1", [1], new CommandAccepted("m-1", "s", 1));
            (await probe.Store.Append(Probe.Request([Probe.Write(endpoint + sender, 0, new Counted(1))], inbox: inbox))).Outcome.ShouldBe(AppendOutcome.Committed);
        }
    }

    [Fact]
    public async Task a_conflict_leaves_the_message_id_free_for_the_retry()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("a", 0, new Counted(1));
        var inbox = new InboxEntry("x", "north.ehr", "m-1", [1], new CommandAccepted("m-1", "a", 2));
        (await probe.Store.Append(Probe.Request([Probe.Write("a", 0, new Counted(1))], inbox: inbox))).Outcome.ShouldBe(AppendOutcome.Conflict);
        (await probe.Store.Append(Probe.Request([Probe.Write("a", 1, new Counted(1))], inbox: inbox))).Outcome.ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    public async Task an_answer_alone_can_be_stored()
    {
        await using var probe = await Probe.On(stack);
        var refusal = new CommandRejected("invalid", "No.", "m-1");
        var request = Probe.Request([], inbox: new InboxEntry("x", "north.ehr", "m-1", [1], refusal));
        (await probe.Store.Append(request)).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Store.Append(request)).FirstAnswer.ShouldBe(refusal);
        (await probe.Test.Value<long>("select count(*) from mt_events")).ShouldBe(0);
    }

    [Fact]
    public async Task two_tenants_use_the_same_stream_id_apart()
    {
        await using var probe = await Probe.On(stack);
        foreach (var (tenant, amount) in new[] { ("north", 1L), ("south", 10L) })
            (await probe.Store.Append(Probe.Request([Probe.Write("a", 0, new Counted(amount))], tenant: tenant))).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Store.Load<Counter>("north", "a")).State!.Total.ShouldBe(1);
        (await probe.Store.Load<Counter>("south", "a")).State!.Total.ShouldBe(10);
        (await probe.Store.Load<Counter>("east", "a")).State.ShouldBeNull();
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("south"), InlineData("nort,h"), InlineData("north2,anorth")]
    public async Task a_tenant_the_connection_has_not_declared_is_refused(string? declared)
    {
        await using var probe = await Probe.On(stack);
        await using var connection = await probe.Database.Writer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("""
            select set_config('clinic.tenants', $1, true) where $1 is not null;
            """, connection) { Parameters = { new NpgsqlParameter<string?> { TypedValue = declared } } };
        await command.ExecuteNonQueryAsync();
        await using var append = new NpgsqlCommand("""
            select clinic.append(array['north'], array[null], array[null], array[null], array[null]::bytea[], array[null], array[null]::jsonb[], array[null],
                array[1], array['north'], array['a'], array['counter'], array[0], array[1], array[now()],
                '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')
            """, connection);
        (await Should.ThrowAsync<PostgresException>(() => append.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task what_jsonb_cannot_keep_exactly_is_refused_before_anything_is_stored()
    {
        await using var probe = await Probe.On(stack);
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
        await using var probe = await Probe.On(stack);
        for (var version = 0; version < 10; version++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => probe.Append("a", version, new Counted(n))));
            results.Count(r => r.Outcome == AppendOutcome.Committed).ShouldBe(1);
        }
        (await probe.Test.Column<long>("select seq_id from mt_events order by version")).ShouldBe(Enumerable.Range(1, 10).Select(n => (long)n));
    }

    [Fact]
    public async Task of_sixteen_deliveries_of_one_message_exactly_one_takes_effect()
    {
        await using var probe = await Probe.On(stack);
        var inbox = new InboxEntry("x", "north.ehr", "m-1", [1], new CommandAccepted("m-1", "a", 1));
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(n =>
            probe.Store.Append(Probe.Request([Probe.Write($"a{n}", 0, new Counted(n))], inbox: inbox))));
        results.Count(r => r.Outcome == AppendOutcome.Committed).ShouldBe(1);
        results.Count(r => r is { Outcome: AppendOutcome.Duplicate, SameBody: true, FirstAnswer: CommandAccepted }).ShouldBe(15);
        (await probe.Test.Value<long>("select count(*) from mt_events")).ShouldBe(1);
    }
}
