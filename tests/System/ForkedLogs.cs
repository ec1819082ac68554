using System.Text.Json;
using System.Text.Json.Nodes;
using Clinic.EventLog.Proofs;
using Clinic.Proof;
using Clinic.SystemTests.Abuse;
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
        (await clinic.Ledger("audit").Value<string>("select string_agg(distinct stream_id, ',') from public.mt_events where stream_id like 'incident-checkpoint-fork-%'")).ShouldBe($"incident-checkpoint-fork-{Service}-1");
        new CheckpointFile(Path.Combine(clinic.CheckpointsDir("audit"), $"fork-{Service}.jsonl")).Notes().Count().ShouldBe(2);

        // the log itself goes on, and is believed
        await Grow();
        await Heard(await Signed());
        // one gets over it: incident by incident, clinic by clinic
        foreach (var auditor in new[] { Person.Auditor(), Person.Auditor(Person.South) })
        {
            var open = (await clinic.Get("audit", "/incidents?open=true", auditor, purpose: null)).Accepted().Body.AsArray().Select(row => row!["id"]!.GetValue<string>());
            foreach (var incident in open.Where(id => id.StartsWith("checkpoint-fork-", StringComparison.Ordinal)))
            {
                (await clinic.Post("audit.assess-breach.v1", new { incidentId = incident, assessment = "low-probability", affectedClients = 0, regimes = Array.Empty<string>() }, auditor)).Accepted();
                (await clinic.Post("audit.close-incident.v1", new { incidentId = incident, outcome = "key-replaced" }, auditor)).Accepted();
            }
        }
        await Grow();
        await Eventually.True(async () => !(await Alarms()).Contains($"checkpoint-fork-{Service}", StringComparison.Ordinal), "the alarm to end");
        // the gap stays a doubt until an operator has looked at it
        (await Alarms()).ShouldContain($"checkpoint-gap-{Service}");
        var log = (await clinic.Get("audit", "/logs", Person.Auditor(), purpose: null)).Accepted().Body.AsArray().Single(row => row!["service"]!.GetValue<string>() == Service)!;
        log["doubts"]!.GetValue<long>().ShouldBe(3);
        await clinic.Ledger("audit").Execute($"delete from clinic.unconnected_checkpoint where service = '{Service}'");
        await Grow();
        await Eventually.True(async () => !(await Alarms()).Contains("checkpoint-", StringComparison.Ordinal), "no alarm");
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

    private async Task Publish(Checkpoint checkpoint, long from, string[] proof)
    {
        using var key = await clinic.StolenKey(Service);
        await using var intruder = await Intruder.As(clinic, Service);
        var body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["note"] = checkpoint.Sign(key, DateTimeOffset.UtcNow).ToString(),
            ["signedAt"] = DateTimeOffset.UtcNow,
            ["from"] = from,
            ["consistency"] = new JsonArray([.. proof.Select(hash => (JsonNode)hash)])
        });
        (await intruder.Publish("clinic.checkpoints", Service, body, properties => properties.Headers = new Dictionary<string, object?>
        {
            ["cloudEvents_specversion"] = "1.0",
            ["cloudEvents_id"] = Guid.NewGuid().ToString(),
            ["cloudEvents_source"] = "/clinic/" + Service,
            ["cloudEvents_type"] = "log.checkpoint.v1",
            ["cloudEvents_time"] = DateTimeOffset.UtcNow.ToString("O")
        })).ShouldBe(0);
    }
}
