using System.Collections.Concurrent;
using System.Diagnostics;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Marten;
using Clinic.Hosting;
using Clinic.Hosting.Deciding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine.Runtime;

namespace Clinic.Tests.Infra;

public sealed record CountUp(string Name, long By);

public sealed record GivenTo(long? Version, string Tenant, DateTimeOffset Now, string Caller);

public sealed record CountFacts(Actor By, Counter? Other, ConcurrentQueue<GivenTo> Seen);

/// <summary>A handler as the services have them: it knows nothing of who runs it.</summary>
public static class CountUpAggregateHandler
{
    public static object[] Handle(CountUp command, Counter? state, CountFacts facts, DateTimeOffset now)
    {
        facts.Seen.Enqueue(new GivenTo(state?.Version, facts.By.Tenant, now, new StackTrace().ToString()));
        return command.By switch
        {
            < 0 => throw new RuleViolation("downwards", "Only upwards.", "by"),
            0 => [],
            > 100 => [new Counted(1, "too much"), new RuleViolation("too_much", "At most a hundred.", "by")],
            _ => [new Counted(command.By), new ForStream("log-" + command.Name, typeof(Counter), new Counted(1))]
        };
    }
}

/// <summary>The command pipeline with Wolverine in it keeps what it promises without.</summary>
public sealed class Deciding(Stack stack) : IAsyncDisposable
{
    private const string Name = "Wilhelmina";
    private readonly ConcurrentQueue<GivenTo> seen = new();
    private readonly Lines logged = new();
    private IHost? host;
    private Probe probe = null!;

    [Fact]
    public async Task wolverines_generated_code_hands_the_handler_state_facts_and_time_and_its_events_are_sealed_and_queued()
    {
        var store = await Start();
        var before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        var accepted = await Count(store, 7);
        (accepted.Stream, accepted.Version).ShouldBe(("count", 1));
        await Count(store, 5);
        seen.Select(s => s.Version).ShouldBe([null, 1]);
        seen.ShouldAllBe(s => s.Tenant == Probe.North && s.Now >= before && s.Now <= DateTimeOffset.UtcNow && s.Caller.Contains("Internal.Generated.WolverineHandlers.CountUpHandler"));
        (await probe.Test.Column<string>("select concat_ws('|', e.stream_id, e.version, e.user_name, e.causation_id, octet_length(q.event_hash), q.mac is not null) from mt_events e join clinic.log_queue q using (seq_id) order by seq_id"))
            .ShouldBe(["count|1|tester|cause|32|t", $"log-{Name}|1|tester|cause|32|t", "count|2|tester|cause|32|t", $"log-{Name}|2|tester|cause|32|t"]);
        (await store.Load<Counter>(Probe.North, "count", new LoadOptions(Verified: true), default)).State!.Total.ShouldBe(12);
        (await store.Load<Counter>("south", "count", default, default)).Version.ShouldBe(0);
        await probe.WithSequencer();
        await probe.LogHas(4);
    }

    [Theory]
    [InlineData("count"), InlineData("guarded")]
    public async Task what_moved_meanwhile_is_decided_on_again_and_nothing_is_half_done(string moved)
    {
        var store = await Start();
        await store.Append(Probe.Request([Probe.Write("count", 0, new Counted(1)), Probe.Write("guarded", 0, new Counted(1))]), default);
        await Count(store, 7, after: async () =>
        {
            if (seen.IsEmpty) await probe.Store.Append(Probe.Request([Probe.Write(moved, 1, new Counted(1))]), default);
        });
        seen.Select(s => s.Version).ShouldBe([1, moved == "count" ? 2 : 1]);
        (await probe.Test.Value<long>($"select count(*) from mt_events where stream_id = 'log-{Name}'")).ShouldBe(1);
    }

    [Fact]
    public async Task a_version_the_caller_does_not_expect_never_reaches_the_handler()
    {
        var store = await Start();
        await Count(store, 7);
        seen.Clear();
        (await Should.ThrowAsync<VersionConflictException>(() => Count(store, 1, expected: 4))).Expected.ShouldBeTrue();
        seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_refusal_comes_out_as_it_was_thrown_and_leaves_nothing_behind()
    {
        var store = await Start();
        var refused = await Should.ThrowAsync<RuleViolation>(() => Count(store, -1));
        (refused.Code, refused.Field).ShouldBe(("downwards", "by"));
        (await probe.Test.Value<long>("select count(*) from mt_streams")).ShouldBe(0);
        // Wolverine logs a message whose handler throws; what is in a command is nobody's to read
        logged.ShouldAllBe(line => !line.Contains(Name) && !line.Contains("CountUp"));
    }

    [Fact]
    public async Task a_refusal_beside_events_is_on_record_and_a_repeat_is_refused_alike()
    {
        var store = await Start();
        for (var turn = 0; turn < 2; turn++)
            (await Should.ThrowAsync<RuleViolation>(() => Count(store, 101, identity: new CommandIdentity("count", "tester", "m1", new byte[32])))).Code.ShouldBe("too_much");
        (await probe.Test.Column<string>("select data->>'note' from mt_events")).ShouldBe(["too much"]);
    }

    [Fact]
    public async Task a_repeat_gets_the_first_answer_and_nothing_decided_writes_nothing()
    {
        var store = await Start();
        var identity = new CommandIdentity("count", "tester", "m1", new byte[32]);
        var first = await Count(store, 3, identity: identity);
        (await Count(store, 3, identity: identity)).ShouldBe(first);
        (await Count(store, 0)).Version.ShouldBe(1);
        (await probe.Test.Value<long>("select count(*) from mt_events")).ShouldBe(2);
    }

    [Fact]
    public async Task commands_at_the_same_time_do_not_get_each_others_facts()
    {
        var store = await Start();
        await Task.WhenAll(Enumerable.Range(1, 24).Select(n => Count(store, n, stream: "count-" + n, name: "n" + n)));
        (await probe.Test.Column<string>("select stream_id || '=' || (data->>'amount') from mt_events where stream_id like 'count-%' order by length(stream_id), stream_id"))
            .ShouldBe(Enumerable.Range(1, 24).Select(n => $"count-{n}={n}"));
    }

    private async Task<WolverineStore> Start()
    {
        probe = await Probe.On(stack, MartenEngine.Schema);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(logged).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddWolverineHandlers([typeof(Counter)]);
        host = builder.Build();
        await host.StartAsync();
        return new WolverineStore(new MartenEventStore(probe.Database, Probe.Types, Probe.Seal, probe.Signals), host.Services.GetRequiredService<IWolverineRuntime>());
    }

    private Task<Clinic.Contracts.Messaging.CommandAccepted> Count(
        IEventStore store, long by, Func<Task>? after = null, long? expected = null, CommandIdentity? identity = null, string stream = "count", string name = Name)
    {
        var actor = new Actor("tester", "tester", Probe.North);
        var scope = new CommandScope(store, TimeProvider.System, actor, null, "cause", new Dictionary<string, string>(), identity, expected);
        return scope.Execute<CountUp, Counter, CountFacts>(new CountUp(name, by), null, stream, async (facts, ct) =>
        {
            var other = await facts.Guard<Counter>("guarded", ct);
            if (after is not null) await after();
            return new CountFacts(actor, other, seen);
        }, CountUpAggregateHandler.Handle, default);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.StopAsync();
        host?.Dispose();
        await probe.DisposeAsync();
    }

    private sealed class Lines : ConcurrentQueue<string>, ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Enqueue(formatter(state, exception) + exception);
        public void Dispose() { }
    }
}
