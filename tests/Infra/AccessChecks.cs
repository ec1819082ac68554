using Clinic.Contracts;
using Clinic.Contracts.Access;
using Clinic.EventLog;
using Clinic.Hosting.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Clinic.Tests.Infra;

/// <summary>What a check of access costs, and how soon it notices a change: on a real log, with a count of what was loaded.</summary>
public sealed class AccessChecks(Stack stack)
{
    [Fact]
    public async Task a_permitted_check_asks_the_database_once_and_then_no_more_until_the_fact_changes()
    {
        await using var probe = await Probe.On(stack);
        var types = new EventTypes(typeof(Relationships));
        using var real = new EventStore(probe.Database, types, Probe.Seal, probe.Signals);
        var store = new Counting(real);
        using var host = await Watching(probe, store);
        var facts = host.Services.GetRequiredService<AccessFacts>();
        await Append(store, 0, new TherapistAssigned("c-1", "ther-1"));
        // the watch has begun, so that what it sees is kept
        await Eventually.True(async () =>
        {
            (await facts.IsTherapistOf(Probe.North, "c-1", "ther-1", default)).ShouldBeTrue();
            var before = store.Loads;
            (await facts.IsTherapistOf(Probe.North, "c-1", "ther-1", default)).ShouldBeTrue();
            return store.Loads == before;
        }, "the fact to be kept");

        var loads = store.Loads;
        for (var i = 0; i < 1000; i++) (await facts.IsTherapistOf(Probe.North, "c-1", "ther-1", default)).ShouldBeTrue();
        store.Loads.ShouldBe(loads);

        // a refusal is never given on memory alone
        (await facts.IsTherapistOf(Probe.North, "c-1", "ther-2", default)).ShouldBeFalse();
        store.Loads.ShouldBe(loads + 1);

        await Append(store, 1, new TherapistReleased("c-1", "ther-1"), new TherapistAssigned("c-1", "ther-2"));
        (await facts.IsTherapistOf(Probe.North, "c-1", "ther-2", default)).ShouldBeTrue();
        await Eventually.True(async () => !await facts.IsTherapistOf(Probe.North, "c-1", "ther-1", default), "the former therapist to be refused", 5);
        // nobody's business in another clinic
        (await facts.IsTherapistOf("south", "c-1", "ther-2", default)).ShouldBeFalse();
        await host.StopAsync();
    }

    [Fact]
    public async Task a_forged_relationship_is_not_believed()
    {
        await using var probe = await Probe.On(stack);
        using var forging = new EventStore(probe.Database, new EventTypes(typeof(Relationships)), Probe.ForeignSeal, probe.Signals);
        await Append(new Counting(forging), 0, new TherapistAssigned("c-1", "ther-1"));
        using var real = new EventStore(probe.Database, new EventTypes(typeof(Relationships)), Probe.Seal, probe.Signals);
        using var facts = new AccessFacts(real, probe.Database, new AccessOwner(null));
        await Should.ThrowAsync<IntegrityException>(() => facts.IsTherapistOf(Probe.North, "c-1", "ther-1", default));
    }

    [Fact]
    public async Task an_owner_never_heard_of_is_too_old()
    {
        await using var probe = await Probe.On(stack);
        using var facts = new AccessFacts(probe.Store, probe.Database, new AccessOwner("intake"));
        await Should.ThrowAsync<StaleFactsException>(() => facts.MustBeFresh(AccessFacts.RelationshipsValid, default));
        await probe.Test.AsSuperuser("insert into clinic.consumer (producer, as_of) values ('intake', clock_timestamp() - interval '9 seconds')");
        await facts.MustBeFresh(AccessFacts.RelationshipsValid, default);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        await Should.ThrowAsync<StaleFactsException>(() => facts.MustBeFresh(AccessFacts.RelationshipsValid, default));
        // a compromised credential may be known of later than a relationship
        await facts.MustBeFresh(AccessFacts.SubjectsValid, default);
        await probe.Test.AsSuperuser("update clinic.consumer set heard = last + 1");
        using var gap = new AccessFacts(probe.Store, probe.Database, new AccessOwner("intake"));
        await Should.ThrowAsync<StaleFactsException>(() => gap.MustBeFresh(AccessFacts.SubjectsValid, default));
    }

    private static async Task<IHost> Watching(Probe probe, IEventStore store)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(probe.Database).AddSingleton(probe.Signals).AddSingleton(store).AddSingleton(Probe.Seal)
            .AddSingleton(probe.Alarms).AddSingleton(TimeProvider.System).AddHostedService<Sequencer>();
        builder.Services.AddAccessFacts(new AccessOwner(null));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task Append(IEventStore store, long version, params object[] events) =>
        (await store.Append(new AppendRequest(Probe.North, new EventMetadata("op-1", DateTimeOffset.UtcNow, null, null, new Dictionary<string, string>()),
            [new StreamWrite(Relationships.StreamId("c-1"), "relationships", version, [.. events.Select(e => new NewEvent(Guid.CreateVersion7(), e))])], [])))
        .Outcome.ShouldBe(AppendOutcome.Committed);

    private sealed class Counting(IEventStore inner) : IEventStore
    {
        public int Loads { get; private set; }

        public Task<Loaded<TState>> Load<TState>(string tenant, string stream, LoadOptions options = default, CancellationToken ct = default) where TState : class
        {
            Loads++;
            return inner.Load<TState>(tenant, stream, options, ct);
        }

        public Task<AppendResult> Append(AppendRequest request, CancellationToken ct = default) => inner.Append(request, ct);
    }
}
