using Clinic.EventLog;
using Clinic.EventLog.Keys;

namespace Clinic.Tests.Infra;

/// <summary>What a load must return, and refuse.</summary>
public abstract partial class EventStoreConformance
{
    private static readonly LoadOptions Verified = new(Verified: true);

    [Fact]
    public async Task a_stream_folds_in_version_order_and_the_state_knows_its_version()
    {
        await using var probe = await Open();
        await probe.Append("a", 0, new Counted(7, "first"), new Halved(), new Counted(1, "last"));
        var state = (await probe.Store.Load<Counter>(Probe.North, "a")).State!;
        (state.Total, state.Version, string.Join(' ', state.Notes)).ShouldBe((4, 3, "first last"));
        await probe.Append("b", 0, new Halved());
        (await Should.ThrowAsync<InvalidOperationException>(() => probe.Store.Load<Counter>(Probe.North, "b"))).Message.ShouldContain("Create(Halved)");
    }

    [Fact]
    public async Task as_of_an_instant_only_what_was_logged_by_then_counts()
    {
        await using var probe = await (await Open()).WithSequencer();
        for (var n = 0; n < 3; n++)
        {
            await probe.Append("a", n, new Counted(1));
            await probe.LogHas(n + 1);
        }
        var logged = (await probe.ReadLog()).Select(e => e.LoggedAt).ToArray();
        async Task<long> At(DateTimeOffset instant) => (await probe.Store.Load<Counter>(Probe.North, "a", new LoadOptions(AsOf: instant))).Version;
        (await At(logged[0].AddTicks(-10))).ShouldBe(0);
        (await At(logged[0])).ShouldBe(1);
        (await At(logged[2].AddTicks(-10))).ShouldBe(2);
        (await At(logged[2])).ShouldBe(3);
    }

    [Theory]
    [InlineData("an edited byte", "update mt_events set data = '{\"amount\": 2, \"note\": \"b\"}' where version = 2", "seal does not hold")]
    [InlineData("an added member", "update mt_events set data = data || '{\"extra\": 1}' where version = 2", "seal does not hold")]
    [InlineData("another actor", "update mt_events set user_name = 'somebody' where version = 2", "seal does not hold")]
    [InlineData("another instant", "update mt_events set timestamp = timestamp + interval '1 microsecond' where version = 2", "seal does not hold")]
    [InlineData("a dropped header", "update mt_events set headers = null where version = 2", "seal does not hold")]
    [InlineData("swapped events", "update mt_events e set data = o.data from mt_events o where e.version in (1, 2) and o.version = 3 - e.version", "seal does not hold")]
    [InlineData("swapped events with their seals", """
        update clinic.log_queue set seq_id = seq_id + 100;
        update mt_events set version = 9 where seq_id = 1; update mt_events set version = 1 where seq_id = 2; update mt_events set version = 2 where seq_id = 1;
        update clinic.log_queue set seq_id = seq_id - 100
        """, "seal does not hold")]
    [InlineData("a deleted middle", "delete from mt_events where version = 2", "version 2 is missing")]
    [InlineData("a deleted first", "delete from mt_events where version = 1", "version 1 is missing")]
    [InlineData("a deleted tail", "delete from mt_events where version = 3", "ends at 2, but 3")]
    [InlineData("everything deleted", "delete from mt_events", "ends at 0, but 3")]
    [InlineData("a deleted middle, renumbered", "delete from mt_events where version = 2; update mt_events set version = 2 where version = 3; update mt_streams set version = 2", "seal does not hold")]
    [InlineData("a deleted stream row", "delete from mt_streams", "has no stream")]
    [InlineData("a forged event", """
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
        values (99, gen_random_uuid(), 'a', 4, '{"amount": 4}', 'counted', now(), 'north'); update mt_streams set version = 4
        """, "has no seal")]
    [InlineData("a forged mac", "update clinic.log_queue set mac = event_hash; update clinic.log set mac = event_hash", "seal does not hold")]
    public async Task a_verified_load_refuses(string what, string tampering, string because)
    {
        foreach (var logged in new[] { false, true })
        {
            await using var probe = await Open();
            await probe.Append("a", 0, new Counted(1, "a"), new Counted(2, "a"), new Counted(3, "a"));
            if (logged) { await probe.WithSequencer(); await probe.LogHas(3); }
            (await probe.Store.Load<Counter>(Probe.North, "a", Verified)).State!.Total.ShouldBe(6);
            await probe.Test.AsSuperuser($"""
                alter table mt_events disable trigger all; alter table mt_streams disable trigger all; alter table clinic.log disable trigger all; {tampering}
                """);
            var refused = await Should.ThrowAsync<IntegrityException>(() => probe.Store.Load<Counter>(Probe.North, "a", Verified), $"{what}, logged: {logged}");
            refused.Message.ShouldContain(because);
        }
    }

    [Fact]
    public async Task a_verified_load_of_a_stream_that_never_was_is_empty()
    {
        await using var probe = await Open();
        await probe.Store.Append(Probe.Request([Probe.Write("a", 0, new Counted(1))], tenant: "south"));
        (await probe.Store.Load<Counter>(Probe.North, "a", Verified)).ShouldBe(new Loaded<Counter>(null, 0));
    }

    [Fact]
    public async Task verifying_a_past_state_is_refused_rather_than_left_out()
    {
        await using var probe = await Open();
        await Should.ThrowAsync<ArgumentException>(() =>
            probe.Store.Load<Counter>(Probe.North, "a", new LoadOptions(Verified: true, AsOf: DateTimeOffset.UtcNow)));
    }

    [Fact]
    public async Task an_event_sealed_with_an_earlier_key_still_verifies_and_a_foreign_one_does_not()
    {
        await using var probe = await Open();
        await probe.Append("a", 0, new Counted(1));
        var current = new MacKey("k2", [.. Enumerable.Repeat((byte)2, 32)]);
        var ring = new KeyRing(new NamedKey(current.Id, current.Secret), new NamedKey("k1", new byte[32]));
        var rotated = new EventSeal(Stack.Installation, "probe", () => ring);
        IEventStore Reader(EventSeal seal) => Engine(probe, seal);
        await Reader(rotated).Append(Probe.Request([Probe.Write("a", 1, new Counted(1))]));
        (await Reader(rotated).Load<Counter>(Probe.North, "a", Verified)).Version.ShouldBe(2);
        foreach (var stranger in new[] { Probe.ForeignSeal, new EventSeal(Guid.NewGuid(), "probe", current), new EventSeal(Stack.Installation, "other", new MacKey("k1", new byte[32])) })
            await Should.ThrowAsync<IntegrityException>(() => Reader(stranger).Load<Counter>(Probe.North, "a", Verified));
    }

    [Fact]
    public async Task an_event_type_this_build_does_not_know_fails_loudly()
    {
        await using var probe = await Open();
        await probe.Append("a", 0, new Counted(1));
        await probe.Test.AsSuperuser("alter table mt_events disable trigger append_only; update mt_events set type = 'from_the_future'");
        (await Should.ThrowAsync<UnknownEventTypeException>(() => probe.Store.Load<Counter>(Probe.North, "a"))).Message.ShouldContain("from_the_future");
    }
}
