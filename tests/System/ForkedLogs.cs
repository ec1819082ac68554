using Clinic.EventLog.Proofs;
using Clinic.Proof;
using RabbitMQ.Client;

namespace Clinic.SystemTests;

/// <summary>What audit believes of a log: what is proven to go on from what it believed, and nothing else. Somebody here has feedback's key and its password.</summary>
public sealed class ForkedLogs(RunningClinic clinic)
{
    private const string Service = "feedback";

    [Fact]
    public async Task checkpoints_that_did_not_arrive_are_sent_again_and_every_one_is_proven()
    {
        await Grow();
        await Heard(await Signed());
        await using (var audit = await clinic.Host.Connect("audit"))
        {
            await using var channel = await audit.CreateChannelAsync();
            await channel.ExchangeUnbindAsync("audit.checkpoints", "clinic.checkpoints", "#");
            await Grow();
            var lost = await Signed();
            await Eventually.True(() => clinic.Ledger(Service).Value<bool>(
                "select position >= (select max(number) from clinic.signed_checkpoint where size <= $1) from clinic.checkpoint where name = 'relay:checkpoints'", lost), "a checkpoint nobody hears");
            await channel.ExchangeBindAsync("audit.checkpoints", "clinic.checkpoints", "#");
            await Grow();
            await Heard(await Signed());
            // the lost ones among them, none of them taken on trust
            await Heard(lost);
        }
        await Eventually.True(() => clinic.Ledger("audit").Value<bool>("select not exists (select from clinic.unconnected_checkpoint)"), "nothing to wait for");
        (await clinic.Ledger("audit").Value<bool>("select exists (select from clinic.heard_checkpoint where verdict = 'gap')")).ShouldBeFalse();
    }

    [Fact, Trait("Abuse", "88")]
    public async Task a_fork_signed_with_the_logs_own_key_is_one_incident_and_a_gap_before_it_hides_nothing()
    {
        using var key = await clinic.StolenKey(Service);
        await Grow();
        var size = await Signed();
        await Heard(size);

        // far ahead, and nothing proves that it goes on from what is believed
        var ahead = new Checkpoint(key.Public.Name, size + 100_000, new byte[32]);
        await Publish(ahead, from: size + 90_000, []);
        await Eventually.True(async () => (await Alarms()).Contains($"checkpoint-gap-{Service}", StringComparison.Ordinal), "an alarm");
        (await Believed()).ShouldBeLessThan(size + 90_000);

        // two other histories under the same size
        foreach (var root in new[] { new byte[32], [.. new byte[31], 1] })
        {
            var forged = new Checkpoint(key.Public.Name, size, root);
            await Publish(forged, from: 0, []);
            await Eventually.True(() => clinic.Ledger("audit").Value<bool>(
                "select exists (select from clinic.heard_checkpoint where service = $1 and verdict = 'fork' and root = $2)", Service, root), "the fork on record");
        }
        (await Alarms()).ShouldContain($"checkpoint-fork-{Service}");
        (await clinic.Ledger("audit").Value<string>("select string_agg(distinct stream_id, ',') from public.mt_events where stream_id like 'incident-checkpoint-fork-' || $1 || '-%'", Service)).ShouldBe($"incident-checkpoint-fork-{Service}-1");
        new CheckpointFile(Path.Combine(clinic.CheckpointsDir("audit"), $"fork-{Service}.jsonl")).Notes().Count().ShouldBe(2);

        // the log itself goes on, and is believed
        await Grow();
        await Heard(await Signed());
        // one gets over it: incident by incident, clinic by clinic
        await AuditLogs.Close(clinic, $"checkpoint-fork-{Service}");
        await Grow();
        await Eventually.True(async () => !(await Alarms()).Contains($"checkpoint-fork-{Service}", StringComparison.Ordinal), "the alarm to end");
        // the gap stays a doubt until an operator has looked at it
        (await Alarms()).ShouldContain($"checkpoint-gap-{Service}");
        var log = (await clinic.Get("audit", "/logs", Person.Auditor(), purpose: null)).Accepted().Body.AsArray().Single(row => row!["service"]!.GetValue<string>() == Service)!;
        log["doubts"]!.GetValue<long>().ShouldBe(3);
        await clinic.Ledger("audit").Execute($"delete from clinic.unconnected_checkpoint where service = '{Service}'");
        await Grow();
        await Eventually.True(async () => await Alarms() is var left && !left.Contains($"checkpoint-fork-{Service}", StringComparison.Ordinal) && !left.Contains($"checkpoint-gap-{Service}", StringComparison.Ordinal), "no alarm");
    }

    [Fact]
    public async Task a_crash_between_an_incident_and_the_row_of_its_checkpoint_leaves_one_of_each()
    {
        const string service = "session";
        using var key = await clinic.StolenKey(service);
        var audit = clinic.Ledger("audit");
        var size = await audit.Value<long>("select max(size) from clinic.heard_checkpoint where service = $1 and verdict = 'consistent'", service);
        var raised = "select count(*) from public.mt_events where type = 'security_incident_raised' and stream_id like 'incident-checkpoint-fork-session-%' and tenant_id = 'north'";
        var before = await audit.Value<long>(raised);
        // the row is slower than the crash
        await audit.Execute("""
            create function public.slow() returns trigger language plpgsql as 'begin perform pg_sleep(600); return new; end';
            create trigger slow before insert on clinic.heard_checkpoint for each row when (new.verdict = 'fork') execute function public.slow()
            """);
        await AuditLogs.Publish(clinic, service, new Checkpoint(key.Public.Name, size, new byte[32]), 0, []);
        await Eventually.True(() => audit.Value<bool>("select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep')"), "the row to be on its way");
        (await audit.Value<long>(raised)).ShouldBe(before + 1);
        await clinic["audit"].Kill();
        await audit.Execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'");
        await audit.Execute("drop trigger slow on clinic.heard_checkpoint; drop function public.slow()");
        var forks = "select count(*) from clinic.heard_checkpoint where service = 'session' and verdict = 'fork'";
        (await audit.Value<long>(forks)).ShouldBe(0);

        clinic["audit"].Start();
        await clinic["audit"].Ready();
        await Eventually.True(async () => await audit.Value<long>(forks) == 1, "the row", 40);
        (await audit.Value<long>(raised)).ShouldBe(before + 1);
        new CheckpointFile(Path.Combine(clinic.CheckpointsDir("audit"), $"fork-{service}.jsonl")).Notes().Count().ShouldBe(1);
        await AuditLogs.Close(clinic, $"checkpoint-fork-{service}");
    }

    private async Task Grow() => (await clinic.Get(Service, "/alerts", Person.Supervisor())).Accepted();

    /// <summary>Positions of the next checkpoint that covers everything there is now.</summary>
    private async Task<long> Signed()
    {
        var grown = await clinic.Ledger(Service).Value<long>("select size from clinic.log_head");
        await Eventually.True(async () => await clinic.Ledger(Service).Value<long>("select max(size) from clinic.signed_checkpoint") >= grown, "a checkpoint");
        return await clinic.Ledger(Service).Value<long>("select max(size) from clinic.signed_checkpoint");
    }

    private Task Heard(long size) => Eventually.True(() => clinic.Ledger("audit").Value<bool>(
        "select exists (select from clinic.heard_checkpoint where service = $1 and size = $2 and verdict = 'consistent')", Service, size), $"audit to believe {size} positions", 40);

    private Task<long> Believed() => clinic.Ledger("audit").Value<long>("select max(size) from clinic.heard_checkpoint where service = $1 and verdict = 'consistent'", Service);

    private async Task<string> Alarms() => (await clinic["audit"].Health("ready"))!.Text;

    private Task Publish(Checkpoint checkpoint, long from, string[] proof) => AuditLogs.Publish(clinic, Service, checkpoint, from, proof);
}
