using Clinic.Cli.CrossCheck;
using Clinic.Cli.Replay;
using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>What somebody could have known at an instant: by when the log had it, not by when somebody says it happened.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class Replaying(Stack stack)
{
    [Fact, Trait("Scenario", "T51")]
    public async Task who_knew_what_at_five_past_two_leaves_out_what_came_later()
    {
        await using var probe = await (await Probe.On(stack)).WithSequencer();
        await probe.Append("s1", 0, new Counted(1, "by noon"));
        await probe.Append("s1", 1, new Counted(2, "after"));
        await probe.LogHas(2);
        var asked = await probe.Test.Value<DateTime>("select logged_at from clinic.log where position = 1");
        await Task.Delay(20);
        // late: it says of itself that it happened yesterday, and nobody here could know it at that time
        await probe.Store.Append(Probe.Request([Probe.Write("s1", 2, new Counted(40, "told late"))]) with
        {
            Metadata = Probe.Metadata with { At = DateTimeOffset.UtcNow.AddDays(-1), User = "ther-2" }
        });
        await probe.LogHas(3);
        var then = await StreamHistory.Read(probe.Database, "s1", null, null, new DateTimeOffset(asked, TimeSpan.Zero), CancellationToken.None);
        then.Select(e => e.Version).ShouldBe([1L, 2]);
        (await probe.Store.Load<Counter>(Probe.North, "s1", new LoadOptions(AsOf: new DateTimeOffset(asked, TimeSpan.Zero)))).State!.Total.ShouldBe(3);
        // now it is known, with who said it
        var now = await StreamHistory.Read(probe.Database, "s1", null, null, DateTimeOffset.UtcNow.AddSeconds(5), CancellationToken.None);
        now.Select(e => (e.Version, e.User)).ShouldBe([(1L, "tester"), (2L, "tester"), (3L, "ther-2")]);
        (await StreamHistory.Read(probe.Database, "s1", null, 1, null, CancellationToken.None)).Single().Data.ShouldContain("by noon");
        await Should.ThrowAsync<IOException>(() => StreamHistory.Read(probe.Database, "s1", null, null, DateTimeOffset.UtcNow.AddDays(-1), CancellationToken.None));
    }

    [Fact]
    public async Task what_audit_heard_and_what_the_owner_sealed_must_agree_event_by_event()
    {
        await using var owner = await (await Probe.On(stack)).WithSequencer();
        await using var audit = await Probe.On(stack);
        for (var n = 1; n <= 5; n++) await owner.Append("s" + n, 0, new Counted(n));
        await owner.LogHas(5);
        await owner.Test.AsSuperuser("insert into clinic.publication (sequence, position, tenant_id, tenant_sequence) select position + 1, position, 'north', position + 1 from clinic.log");
        var rows = await owner.Test.Column<string>("select format('{\"sequence\": %s, \"eventId\": \"%s\", \"eventHash\": \"%s\"}', position + 1, event_id, encode(event_hash, 'hex')) from clinic.log order by position");
        await audit.Test.AsSuperuser("insert into public.mt_streams (id, type, version, tenant_id) values ('from-probe', 'producer_trail', 4, 'north')");
        // the last was not heard yet
        for (var n = 0; n < 4; n++)
            await audit.Test.AsSuperuser($"insert into public.mt_events (seq_id, id, stream_id, version, data, type, tenant_id) values ({n + 1}, gen_random_uuid(), 'from-probe', {n + 1}, '{rows[n]}', 'public_event_recorded', 'north')");
        async Task<CrossChecked> Check() => await LogsCrossCheck.Run(owner.Database, audit.Database, "probe", CancellationToken.None);

        var agreed = await Check();
        (agreed.Compared, agreed.Behind, agreed.Disagreements.Count).ShouldBe((4L, 1L, 0));
        // the owner's log is rewritten, row and leaf
        await owner.Test.AsSuperuser("alter table clinic.log disable trigger user; update clinic.log set event_hash = sha256('x') where position = 1");
        (await Check()).Disagreements.Select(d => (d.Sequence, d.Why)).ShouldBe([(2L, "hash-differs")]);
        // audit's copy loses one
        await audit.Test.AsSuperuser("alter table public.mt_events disable trigger user; delete from public.mt_events where seq_id = 3");
        (await Check()).Disagreements.Select(d => (d.Sequence, d.Why)).ShouldBe([(2L, "hash-differs"), (3L, "not-heard")]);
        // the owner forgets that it published one
        await owner.Test.AsSuperuser("alter table clinic.publication disable trigger user; delete from clinic.publication where sequence = 4");
        (await Check()).Disagreements.Select(d => (d.Sequence, d.Why)).ShouldBe([(2L, "hash-differs"), (3L, "not-heard"), (4L, "not-published")]);
        // its last events are gone altogether
        await owner.Test.AsSuperuser("delete from clinic.publication where sequence >= 3");
        (await Check()).Disagreements.Select(d => (d.Sequence, d.Why)).ShouldBe([(2L, "hash-differs"), (4L, "not-published")]);
        await audit.Test.AsSuperuser($"insert into public.mt_events (seq_id, id, stream_id, version, data, type, tenant_id) values (9, gen_random_uuid(), 'from-probe', 5, '{rows[4]}', 'public_event_recorded', 'north')");
        var cut = await Check();
        cut.Disagreements.Select(d => (d.Sequence, d.Why)).ShouldBe([(2L, "hash-differs"), (4L, "not-published"), (5L, "not-published")]);
        cut.Behind.ShouldBe(0);
    }
}
