using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests.Infra;

/// <summary>Appends that wait at the same time share a transaction, and nothing else.</summary>
public sealed class Coalescing(Stack stack)
{
    [Fact]
    public async Task appends_that_wait_together_are_one_transaction()
    {
        await using var probe = await Probe.On(stack);
        var results = await WhileBusy(probe, () => [.. Enumerable.Range(0, 100).Select(n => probe.Append($"s{n}", 0, new Counted(n)))]);
        results.ShouldAllBe(r => r.Outcome == AppendOutcome.Committed);
        (await probe.Test.Value<long>("select count(distinct xmin::text) from mt_events where stream_id like 's%'")).ShouldBeLessThan(5);
    }

    [Fact]
    public async Task callers_who_come_again_and_again_go_together()
    {
        await using var probe = await Probe.On(stack);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var n = 0; n < 100; n++) (await probe.Append($"s{caller}", n, new Counted(n))).Outcome.ShouldBe(AppendOutcome.Committed);
        })));
        // 103 to 156 transactions, idle and busy; 411 and more when whoever is here is sent at once
        (await probe.Test.Value<long>("select count(distinct xmin::text) from mt_events where stream_id like 's%'")).ShouldBeLessThan(800 / 3);
    }

    [Fact]
    public async Task a_conflict_and_a_duplicate_touch_no_neighbour()
    {
        await using var probe = await Probe.On(stack);
        var inbox = new InboxEntry("x", "north.ehr", "m-1", [1], new CommandAccepted("m-1", "twin", 1));
        await probe.Append("taken", 0, new Counted(1));
        var results = await WhileBusy(probe, () =>
        [
            probe.Append("a", 0, new Counted(1)), probe.Append("taken", 0, new Counted(1)), probe.Append("missing", 7, new Counted(1)),
            probe.Store.Append(Probe.Request([Probe.Write("twin", 0, new Counted(1))], inbox: inbox)),
            probe.Store.Append(Probe.Request([Probe.Write("twin2", 0, new Counted(1))], inbox: inbox)),
            probe.Append("same", 0, new Counted(1)), probe.Append("same", 0, new Counted(2)), probe.Append("same", 1, new Counted(3)),
            probe.Store.Append(Probe.Request([Probe.Write("multi", 0, new Counted(1)), Probe.Write("b", 0, new Counted(1))])),
            probe.Append("z", 0, new Counted(1))
        ]);
        results.Select(r => r.Outcome.ToString()[..2]).ShouldBe(["Co", "Co", "Co", "Co", "Du", "Co", "Co", "Co", "Co", "Co"]);
        results.Select(r => r.ConflictingStream).ShouldBe([null, "taken", "missing", null, null, null, "same", null, null, null]);
        // conflicts drew no number
        var numbers = await probe.Test.Column<long>("select seq_id from mt_events order by seq_id");
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count).Select(n => (long)n));
    }

    [Fact]
    public async Task an_append_the_database_refuses_fails_alone()
    {
        await using var probe = await Probe.On(stack);
        // an id that no index entry can hold
        var endless = Probe.Write(Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10_000)), 0, new Counted(1));
        Task<AppendResult>? bad = null;
        var results = await WhileBusy(probe, () =>
        {
            var good = Enumerable.Range(0, 20).Select(n => probe.Append($"s{n}", 0, new Counted(n))).ToArray();
            bad = probe.Store.Append(Probe.Request([endless]));
            return good;
        });
        results.ShouldAllBe(r => r.Outcome == AppendOutcome.Committed);
        (await Should.ThrowAsync<PostgresException>(() => bad!)).SqlState.ShouldBe("54000");
        (await probe.Test.Value<long>("select count(*) from mt_streams where length(id) > 1000")).ShouldBe(0);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(5)]
    public async Task an_append_the_database_refuses_does_not_spoil_the_next(int before)
    {
        await using var probe = await Probe.On(stack);
        for (var n = 0; n < before; n++) await probe.Append("a", n, new Counted(1));
        await probe.Test.AsSuperuser("revoke execute on function clinic.append_one from probe_app");
        (await Should.ThrowAsync<PostgresException>(() => probe.Append("a", before, new Counted(1)))).SqlState.ShouldBe("42501");
        await probe.Test.AsSuperuser("grant execute on function clinic.append_one to probe_app");
        for (var n = before; n < before + 5; n++) (await probe.Append("a", n, new Counted(1))).Outcome.ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    public async Task tenants_that_share_a_transaction_stay_apart()
    {
        await using var probe = await Probe.On(stack);
        await WhileBusy(probe, () => [.. Enumerable.Range(0, 40).Select(n =>
            probe.Store.Append(Probe.Request([Probe.Write($"s{n / 4}", 0, new Counted(n))], tenant: $"tenant{n % 4}")))]);
        foreach (var n in Enumerable.Range(0, 40))
            (await probe.Store.Load<Counter>($"tenant{n % 4}", $"s{n / 4}")).State!.Total.ShouldBe(n);
    }

    [Fact]
    public async Task who_stops_waiting_learns_the_outcome_by_asking_again()
    {
        await using var probe = await Probe.On(stack);
        var request = Probe.Request([Probe.Write("a", 0, new Counted(1))],
            inbox: new InboxEntry("x", "north.ehr", "m-1", [1], new CommandAccepted("m-1", "a", 1)));
        await WhileBusy(probe, () =>
        {
            using var impatient = new CancellationTokenSource();
            var abandoned = probe.Store.Append(request, impatient.Token);
            impatient.Cancel();
            Should.Throw<OperationCanceledException>(() => abandoned.GetAwaiter().GetResult());
            return [probe.Append("b", 0, new Counted(1))];
        });
        await Eventually.True(async () => (await probe.Store.Load<Counter>(Probe.North, "a")).Version == 1, "the abandoned append");
        (await probe.Store.Append(request)).FirstAnswer.ShouldBe(new CommandAccepted("m-1", "a", 1));
    }

    [Fact]
    public async Task an_append_that_waits_for_a_lock_holds_up_no_other()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("held", 0, new Counted(1));
        await using var connection = await probe.Database.Writer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await new TransactionalEventStore(connection, Probe.Types, Probe.Seal)
            .Append(Probe.Request([Probe.Write("held", 1, new Counted(1))]), CancellationToken.None);
        var waits = probe.Append("held", 1, new Counted(1));
        for (var round = 0; round < 3; round++)
            (await Task.WhenAll(Enumerable.Range(0, 5).Select(n => probe.Append($"s{round}-{n}", 0, new Counted(1)))).WaitAsync(TimeSpan.FromSeconds(4)))
                .ShouldAllBe(r => r.Outcome == AppendOutcome.Committed);
        waits.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync();
        (await waits).Outcome.ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    public async Task a_remembered_state_is_brought_up_to_date_with_what_another_instance_wrote()
    {
        await using var probe = await Probe.On(stack);
        await using var other = probe.SecondInstance();
        await probe.Append("a", 0, new Counted(1, "one"));
        var before = (await probe.Store.Load<Counter>(Probe.North, "a")).State!;
        await other.Append("a", 1, new Counted(2, "two"), new Halved());
        var after = (await probe.Store.Load<Counter>(Probe.North, "a")).State!;
        (after.Total, after.Version, string.Join(' ', after.Notes)).ShouldBe((1, 3, "one two"));
        (before.Total, before.Version, string.Join(' ', before.Notes)).ShouldBe((1, 1, "one"));
        (await other.Store.Load<Counter>("south", "a")).State.ShouldBeNull();
    }

    /// <summary>Makes appends while both connections wait for a lock, lets go, and returns what became of them.</summary>
    private static async Task<AppendResult[]> WhileBusy(Probe probe, Func<Task<AppendResult>[]> append)
    {
        await probe.Append("lock1", 0, new Counted(1));
        await probe.Append("lock2", 0, new Counted(1));
        await using var connection = await probe.Database.Writer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await new TransactionalEventStore(connection, Probe.Types, Probe.Seal)
            .Append(Probe.Request([Probe.Write("lock1", 1, new Counted(1)), Probe.Write("lock2", 1, new Counted(1))]), CancellationToken.None);
        Task<AppendResult>[] busy = [probe.Append("lock1", 1, new Counted(1))];
        await Waiting(1);
        busy = [.. busy, probe.Append("lock2", 1, new Counted(1))];
        await Waiting(2);
        var appends = append();
        await transaction.CommitAsync();
        (await Task.WhenAll(busy)).ShouldAllBe(r => r.Outcome == AppendOutcome.Conflict);
        return await Task.WhenAll(appends);

        Task Waiting(int sessions) => Eventually.True(async () => await probe.Test.Value<long>(
            "select count(distinct pid) from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()") == sessions, $"{sessions} waiting");
    }
}
