using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>One instance at a time gives positions; whoever it is, they stay dense.</summary>
public sealed class Sequencing(Stack stack)
{
    [Fact]
    public async Task of_two_instances_one_leads_and_the_other_takes_over_when_it_stops()
    {
        await using var first = await Probe.On(stack);
        await using var second = first.SecondInstance();
        var leader = await first.Start(first.NewSequencer());
        await Eventually.True(() => Leads(first), "the first to lead");
        await second.Start(second.NewSequencer());
        for (var n = 0; n < 20; n++) await (n % 2 == 0 ? first : second).Append("a", n, new Counted(1));
        await first.LogHas(20);
        Leads(second).ShouldBeFalse();

        await leader.StopAsync(CancellationToken.None);
        await second.Append("a", 20, new Counted(1));
        await first.LogHas(21);
        Leads(second).ShouldBeTrue();
        (await second.ReadLog()).Select(e => e.Position).ShouldBe(Enumerable.Range(0, 21).Select(n => (long)n));
    }

    [Fact]
    public async Task a_leader_whose_session_is_cut_comes_back_and_nothing_is_lost()
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        for (var n = 0; n < 30; n++)
        {
            await probe.Append("a", n, new Counted(1));
            if (n == 10) await probe.Test.AsSuperuser("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'probe_worker'");
        }
        await probe.LogHas(30);
        (await probe.ReadLog()).Select(e => e.Event.Version).ShouldBe(Enumerable.Range(1, 30).Select(n => (long)n));
    }

    [Fact]
    public async Task a_leader_that_was_overtaken_cannot_write()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("a", 0, new Counted(1), new Counted(1));
        (await probe.Test.Value<long>("select clinic.assign_positions(0, array[1])")).ShouldBe(1);
        // it still believes that the log is empty
        (await probe.Test.Value<bool>("select clinic.assign_positions(0, array[2]) is null")).ShouldBeTrue();
        (await probe.Test.Column<long>("select seq_id from clinic.log")).ShouldBe([1]);
        (await probe.Test.Column<long>("select seq_id from clinic.log_queue")).ShouldBe([2]);
    }

    [Fact]
    public async Task an_event_id_that_comes_twice_is_held_and_alarmed_and_the_log_goes_on()
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        var first = Probe.Write("first", 0, new Counted(1));
        await probe.Store.Append(Probe.Request([first]));
        await probe.LogHas(1);
        await probe.Store.Append(Probe.Request([Probe.Write("second", 0, new Counted(1)) with { Events = first.Events }]));
        await probe.Append("third", 0, new Counted(1));
        await probe.LogHas(2);
        (await probe.ReadLog()).Select(e => e.Event.StreamKey).ShouldBe(["first", "third"]);
        probe.Alarms.Active.Keys.ShouldBe(["repeated-event-id"]);
        (await probe.Test.Column<string>("select stream_id || ' ' || reason from clinic.quarantine")).ShouldBe(["second repeated-id"]);
        // held, not lost
        (await probe.Test.Value<long>("select count(*) from clinic.log_queue")).ShouldBe(1);
    }

    [Fact]
    public async Task a_forged_event_is_quarantined_and_alarmed_and_the_log_goes_on()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("honest", 0, new Counted(1));
        var forger = new EventStore(probe.Database, Probe.Types, Probe.ForeignSeal, probe.Signals);
        await forger.Append(Probe.Request([Probe.Write("victim", 0, new Counted(1_000))]), CancellationToken.None);
        await probe.WithSequencer();
        await probe.Append("honest", 1, new Counted(1));
        await probe.LogHas(3);
        (await probe.Test.Column<string>("select tenant_id || ' ' || stream_id || ' ' || reason from clinic.quarantine")).ShouldBe(["north victim mac"]);
        probe.Alarms.Active.Keys.ShouldBe(["bad-mac"]);
        await Should.ThrowAsync<IntegrityException>(() => probe.Store.Load<Counter>(Probe.North, "victim", new LoadOptions(Verified: true)));
    }

    [Fact]
    public async Task long_stretches_are_read_in_commit_order_too()
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        await using var connection = await probe.Database.Writer.OpenConnectionAsync();
        for (var round = 0; round < 3; round++)
        {
            // numbered first, committed last
            await using var transaction = await connection.BeginTransactionAsync();
            await new TransactionalEventStore(connection, Probe.Types, Probe.Seal)
                .Append(Probe.Request([Probe.Write($"late{round}", 0, new Counted(1), new Counted(2))]), CancellationToken.None);
            for (var n = 0; n < 4; n++) await probe.Append("a", (round * 4) + n, new Counted(n));
            await probe.LogHas((round * 6) + 4);
            await transaction.CommitAsync();
            await probe.LogHas((round + 1) * 6);
        }
        var inOrder = (await probe.ReadLog()).Select(Shape).ToArray();
        inOrder.Select(e => e.Sequence).ShouldNotBe(inOrder.Select(e => e.Sequence).Order());
        await using var reader = await probe.Database.Worker.OpenConnectionAsync();
        foreach (var (from, to) in new[] { (-1, 17), (-1, 3), (3, 9), (4, 4), (16, 17), (17, 30) })
        {
            var stretch = new List<LoggedEvent>();
            await foreach (var logged in LogReader.Between(reader, Probe.Types, from, to, CancellationToken.None)) stretch.Add(logged);
            stretch.Select(Shape).ShouldBe(inOrder[(from + 1)..Math.Min(to + 1, 18)]);
        }

        static (long Position, long Sequence, string Hash, DateTimeOffset At, Guid Id, object Data) Shape(LoggedEvent logged) =>
            (logged.Position, logged.Event.Sequence, Convert.ToHexString(logged.Hash), logged.LoggedAt, logged.Event.Id, logged.Event.Data);
    }

    [Fact]
    public async Task a_backlog_longer_than_a_page_is_drained_in_order()
    {
        await using var probe = await Probe.On(stack);
        for (var n = 0; n < 5; n++) await probe.Append($"s{n}", 0, [.. Enumerable.Range(0, 500).Select(i => (object)new Counted(i))]);
        await probe.WithSequencer();
        await probe.LogHas(2500);
        (await probe.Test.Value<long>("select count(*) from clinic.log where position <> seq_id - 1")).ShouldBe(0);
    }

    private static bool Leads(Probe probe) => probe.Log.Lines.Any(line => line.Contains("Leading sequencer", StringComparison.Ordinal));
}
