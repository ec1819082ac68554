using Clinic.EventLog;
using Clinic.EventLog.Marten;
using JasperFx;
using JasperFx.Events;
using JasperFx.MultiTenancy;
using Marten;
using Npgsql;
using Weasel.Core;
using IEventStore = Clinic.EventLog.IEventStore;

namespace Clinic.Tests.Infra;

/// <summary>One database, two engines, and a program of somebody else's that knows only Marten.</summary>
public sealed class TwoEngines(Stack stack)
{
    private static readonly object[] Story = [new Counted(7, "first"), new Halved(), new Counted(4, "é😂"), new Counted(-1), new Halved()];

    [Fact]
    public async Task a_program_that_knows_only_marten_folds_what_the_built_in_engine_wrote_version_by_version()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("a", 0, Story);
        await using var theirs = Theirs(probe);
        await using var session = theirs.QuerySession(Probe.North);
        for (var version = 1; version <= Story.Length; version++)
        {
            var ours = Story.Take(version).Aggregate((Counter?)null, Fold.For<Counter>().Next)!;
            var folded = (await session.Events.AggregateStreamAsync<Counter>("a", version))!;
            (folded.Version, folded.Total, string.Join(' ', folded.Notes)).ShouldBe((version, ours.Total, string.Join(' ', ours.Notes)));
        }
        var events = await session.Events.FetchStreamAsync("a");
        events.Select(e => e.Data).ShouldBe(Story);
        events.ShouldAllBe(e => e.UserName == "tester" && e.CorrelationId == "correlation" && e.CausationId == "cause" && (string)e.GetHeader("role")! == "tester");
        (await session.Events.FetchStreamStateAsync("a"))!.Version.ShouldBe(Story.Length);
    }

    [Fact]
    public async Task the_engines_take_turns_on_one_stream_and_each_verifies_and_folds_what_both_wrote()
    {
        await using var probe = await (await Probe.On(stack, MartenEngine.Schema)).WithSequencer();
        using var marten = new MartenEventStore(probe.Database, Probe.Types, Probe.Seal, probe.Signals);
        IEventStore[] engines = [probe.Store, marten];
        for (var version = 0; version < 12; version++)
        {
            var result = await engines[version % 2].Append(Probe.Request([Probe.Write("a", version, new Counted(version))]));
            result.Outcome.ShouldBe(AppendOutcome.Committed);
            foreach (var engine in engines)
                foreach (var options in new[] { default, new LoadOptions(Verified: true) })
                {
                    var (state, at) = await engine.Load<Counter>(Probe.North, "a", options);
                    (at, state!.Version, state.Total).ShouldBe((version + 1, version + 1, version * (version + 1) / 2));
                }
            // what one has moved, the other may not overwrite
            foreach (var engine in engines)
                (await engine.Append(Probe.Request([Probe.Write("a", version, new Counted(1))]))).ShouldBe(new AppendResult(AppendOutcome.Conflict, "a"));
        }
        await probe.LogHas(12);
        (await probe.ReadLog()).Select(e => e.Event.Version).ShouldBe(Enumerable.Range(1, 12).Select(n => (long)n));
        (await probe.Test.Column<string>("select distinct concat_ws('|', type, mt_dotnet_type, jsonb_typeof(headers), user_name, correlation_id, causation_id) from mt_events"))
            .ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_reader_that_follows_positions_skips_nothing_whichever_engine_is_late()
    {
        await using var probe = await (await Probe.On(stack, MartenEngine.Schema)).WithSequencer();
        using var marten = new MartenEventStore(probe.Database, Probe.Types, Probe.Seal, probe.Signals);
        await LostEvents.Race(probe, (writer, transaction) =>
            writer % 2 == 0 ? marten.Inside(transaction) : new TransactionalEventStore(transaction.Connection!, Probe.Types, Probe.Seal));
    }

    [Fact]
    public async Task a_number_is_drawn_only_when_nobody_else_can_move_the_stream()
    {
        await using var probe = await Probe.On(stack, MartenEngine.Schema);
        using var marten = new MartenEventStore(probe.Database, Probe.Types, Probe.Seal, probe.Signals);
        IEventStore engine = marten;
        await probe.Append("a", 0, new Counted(1));
        await using var connection = await probe.Database.Writer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        (await marten.Inside(transaction).Append(Probe.Request([Probe.Write("a", 1, new Counted(1))]))).Outcome.ShouldBe(AppendOutcome.Committed);
        // it expects a version that is not committed yet: a guess, and the one way to draw early and be right later
        var guess = engine.Append(Probe.Request([Probe.Write("a", 2, new Counted(1))]));
        await Waiting(probe);
        (await probe.Test.Value<long>("select last_value from mt_events_sequence")).ShouldBe(2);
        await transaction.CommitAsync();
        (await guess).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Test.Column<long>("select version from mt_events order by seq_id")).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task marten_alone_draws_first_and_is_told_afterwards()
    {
        await using var probe = await Probe.On(stack);
        await probe.Append("a", 0, new Counted(1));
        await using var connection = await probe.Database.Writer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        IEventStore inside = new TransactionalEventStore(connection, Probe.Types, Probe.Seal);
        await inside.Append(Probe.Request([Probe.Write("a", 1, new Counted(1))]));
        await using var theirs = Theirs(probe);
        await using var session = theirs.LightweightSession(Probe.North);
        session.Events.Append("a", new Counted(1));
        var appending = session.SaveChangesAsync();
        await Waiting(probe);
        // this is why our engine takes the stream before it lets Marten save
        (await probe.Test.Value<long>("select last_value from mt_events_sequence")).ShouldBe(3);
        await transaction.CommitAsync();
        await Should.ThrowAsync<Exception>(() => appending);
    }

    [Fact]
    public async Task nobody_writes_an_event_of_another_tenant_and_only_as_the_engine_at_all()
    {
        await using var probe = await Probe.On(stack, MartenEngine.Schema);
        const string forged = """
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) values (99, gen_random_uuid(), 'a', 2, '{}', 'counted', now(), 'north')
            """;
        await probe.Append("a", 0, new Counted(1));
        await Refused(probe, forged);
        await Refused(probe, "select set_config('role', 'probe_marten', true), set_config('clinic.tenants', 'south', true);" + forged);
        foreach (var change in new[] { "update mt_events set data = '{}'", "delete from mt_events", "delete from mt_streams", "update mt_streams set type = 'x'", "select 1 from clinic.log" })
            await Refused(probe, "select set_config('role', 'probe_marten', true), set_config('clinic.tenants', 'north', true);" + change);
    }

    private static async Task Refused(Probe probe, string sql)
    {
        await using var connection = await probe.Database.Reader.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(), sql)).SqlState.ShouldBe("42501", sql);
    }

    private static Task Waiting(Probe probe) => Eventually.True(
        async () => await probe.Test.Value<long>("select count(*) from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()") > 0,
        "the second append to wait");

    /// <summary>Marten with its own defaults for these tables, our code nowhere near, and a login that sees everything.</summary>
    private static DocumentStore Theirs(Probe probe) => DocumentStore.For(options =>
    {
        options.Connection(probe.Test.SuperuserConnection);
        options.DatabaseSchemaName = "public";
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.TenancyStyle = TenancyStyle.Conjoined;
        options.Events.AppendMode = EventAppendMode.Rich;
        options.Events.MetadataConfig.EnableAll();
        // "all" leaves this one out
        options.Events.MetadataConfig.UserNameEnabled = true;
        options.Events.AddEventType<Counted>();
        options.Events.AddEventType<Halved>();
        options.Projections.LiveStreamAggregation<Counter>();
    });
}
