using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Clinic.Messaging;
using RabbitMQ.Client;

namespace Clinic.Tests.Infra;

/// <summary>What a producer says on the bus, seen by a plain client on a real broker.</summary>
public sealed class Relaying(OwnVirtualHost host) : IClassFixture<OwnVirtualHost>
{
    private const string Service = "consent";

    /// <summary>Counted events are public, Halved ones stay inside.</summary>
    private static readonly Publication Public = stored => stored.Data is Counted counted
        ? new RecordViewed($"c{counted.Amount}", "viewer", "therapist", counted.Note ?? "view", "TREAT")
        : null;

    [Fact]
    public async Task public_events_are_numbered_densely_per_producer_and_per_tenant()
    {
        await using var node = await Start();
        await using var all = await Observe("admin", "watch.all", "#");
        await using var north = await Observe("north.ehr", "events.north.ehr.watch", "north.consent.*");
        await Append(node, "north", "a", 0, new Counted(1), new Halved(), new Counted(2));
        await Append(node, "south", "a", 0, new Counted(3));
        await Append(node, "north", "b", 0, new Counted(4));
        await all.Has(4);
        all.Events.Select(m => $"{m.Key} {m["sequence"]} {m["tenantsequence"]} {m.Json["clientId"]}").ShouldBe([
            "north.consent.record-viewed 1 1 c1", "north.consent.record-viewed 2 2 c2", "south.consent.record-viewed 3 1 c3", "north.consent.record-viewed 4 3 c4"]);
        await north.Has(3);
        north.Events.Select(m => m["tenantsequence"]).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task every_attribute_is_a_string_header_and_the_properties_agree()
    {
        await using var node = await Start();
        await using var all = await Observe("admin", "watch.headers", "#");
        await Append(node, "north", "stream-1", 0, new Counted(1, "schön"));
        await all.Has(1);
        var (mail, logged) = (all.Events.Single(), (await node.Probe.ReadLog()).Single());
        mail.Properties.Headers!.Values.ShouldAllBe(value => value is byte[]);
        mail.Properties.Headers!.Keys.Order().ShouldBe(new[] {
            "actor", "actorrole", "causationid", "correlationid", "eventhash", "id", "partitionkey", "sequence", "source", "specversion", "streamversion",
            "subject", "tenant", "tenantsequence", "time", "type" }.Select(name => "cloudEvents_" + name));
        var stored = logged.Event;
        new[] { "specversion", "id", "source", "type", "subject", "tenant", "streamversion", "eventhash", "actor", "actorrole" }.Select(name => mail[name]).ShouldBe([
            "1.0", stored.Id.ToString(), "/clinic/consent", "record.viewed.v1", "stream-1", "north", "1", Convert.ToHexStringLower(logged.Hash), "tester", "tester"]);
        DateTimeOffset.Parse(mail["time"]!).ShouldBe(stored.Timestamp);
        var p = mail.Properties;
        (p.MessageId, p.Type, p.AppId, p.UserId, p.ContentType, p.Persistent).ShouldBe((stored.Id.ToString(), "record.viewed.v1", Service, Service, "application/json", true));
        mail.Body.ShouldBe("""{"clientId":"c1","viewer":"viewer","viewerRole":"therapist","projection":"schön","purposeOfUse":"TREAT"}""");
    }

    [Fact]
    public async Task two_thousand_events_leave_in_order()
    {
        await using var node = await Start();
        await using var all = await Observe("admin", "watch.load", "*.consent.record-viewed");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => Load(node, writer, 250))));
        await all.Has(2000);
        all.Events.Select(m => m.Sequence).ShouldBe(Enumerable.Range(1, 2000).Select(n => (long)n));
        all.Events.Select(m => m["id"]).ShouldBe((await node.Probe.ReadLog()).Select(e => e.Event.Id.ToString()));
    }

    [Fact]
    public async Task when_the_broker_drops_the_connection_nothing_is_skipped_and_order_is_kept()
    {
        await using var node = await Start();
        await using var all = await Observe("admin", "watch.drop", "*.consent.record-viewed");
        var drop = await host.Bus.FindConnection(Service + "-relay");
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() => Load(node, writer, 500))));
        await all.Has(100);
        await drop();
        await writing;
        await Eventually.True(() => all.Events.Select(m => m.Sequence).Distinct().Count() == 2000, "every event", 60);
        all.Events.Select(m => m.Sequence).Distinct().ShouldBe(Enumerable.Range(1, 2000).Select(n => (long)n));
        all.Events.GroupBy(m => m.Sequence).ShouldAllBe(same => same.Select(m => m["id"]).Distinct().Count() == 1);
        await Eventually.True(() => node.Probe.Alarms.Active.Count == 0, "the alarm to end");
    }

    [Fact]
    public async Task a_restarted_relay_continues_after_the_last_confirmed()
    {
        await using var all = await Observe("admin", "watch.restart", "*.consent.record-viewed");
        await using var probe = await Probe.On(host.Stack);
        await using (var first = await BusNode.Start(probe.SecondInstance(), host.Bus, Service, Public))
        {
            await Append(first, "north", "a", 0, new Counted(1), new Counted(2));
            await all.Has(2);
            await Eventually.True(async () => (await probe.Test.Column<long>("select position from clinic.checkpoint where name = 'relay:confirmed'")).SequenceEqual([2]), "both confirmed");
        }
        await probe.Append("a", 2, new Counted(3));
        await using var second = await BusNode.Start(probe.SecondInstance(), host.Bus, Service, Public);
        await all.Has(3);
        all.Events.Select(m => m.Sequence).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task heartbeats_say_how_far_the_events_go()
    {
        await using var node = await Start();
        await using var all = await Observe("admin", "watch.beats", "_.consent.heartbeat");
        await Append(node, "north", "a", 0, new Counted(1), new Counted(2));
        await Eventually.True(() => all.Received.Any(m => m.Json["sequence"]!.GetValue<long>() == 2), "a heartbeat");
        var beat = JsonSerializer.Deserialize<Heartbeat>(all.Received[^1].Body, ContractJson.Options)!;
        (beat.Producer, beat.Sequence).ShouldBe((Service, 2));
        beat.AsOf.ShouldBeInRange(DateTimeOffset.UtcNow.AddSeconds(-10), DateTimeOffset.UtcNow.AddSeconds(1));
        all.Received[^1].Properties.UserId.ShouldBe(Service);
    }

    [Fact]
    public async Task a_heartbeat_never_claims_to_be_complete_past_an_event_that_still_waits()
    {
        await using var node = await BusNode.Start(await Probe.On(host.Stack), host.Bus, Service, Public, sequencer: false);
        await using var all = await Observe("admin", "watch.waiting", "_.consent.heartbeat");
        await Append(node, "north", "a", 0, new Counted(1));
        await Append(node, "north", "b", 0, new Counted(2));
        var at = DateTimeOffset.UtcNow;
        var before = all.Received.Count;
        await Eventually.True(() => all.Received.Count >= before + 2, "heartbeats while nothing has a position");
        await node.Probe.Test.Value<long>("select clinic.assign_positions(0, array[1])");
        await Eventually.True(() => all.Received.Any(m => m.Json["sequence"]!.GetValue<long>() == 1), "the first event to be published");
        all.Received.ShouldAllBe(m => m.Json["asOf"]!.GetValue<DateTimeOffset>() < at);
        node.Probe.Alarms.Active.ShouldBeEmpty();
        await node.Probe.Test.Value<long>("select clinic.assign_positions(1, array[2])");
        await Eventually.True(() => all.Received.Any(m => m.Json["sequence"]!.GetValue<long>() == 2 && m.Json["asOf"]!.GetValue<DateTimeOffset>() > at), "a claim beyond the second");
    }

    [Fact]
    public async Task who_asks_for_events_again_gets_them_alone_and_only_for_itself()
    {
        await using var node = await Start();
        await using var all = await Observe("admin", "watch.again", "*.consent.record-viewed");
        await Append(node, "north", "a", 0, [.. Enumerable.Range(1, 5).Select(n => (object)new Counted(n))]);
        await all.Has(5);
        await using var feedback = await Observe("feedback", Topology.OrderedQueue("feedback", Service));
        await using var audit = await Observe("audit", Topology.OrderedQueue("audit", Service));
        Task Ask(string consumer, long from, long upTo) => feedback.Send(Topology.Republish, Service, new BasicProperties { UserId = "feedback" },
            JsonSerializer.SerializeToUtf8Bytes(new RepublishRequested(consumer, Service, from, upTo), ContractJson.Options)).AsTask();
        await feedback.Send(Topology.Republish, Service, new BasicProperties { UserId = "feedback" }, "{nonsense"u8.ToArray());
        await Ask("audit", 1, 5);
        await Ask("feedback", 2, 4);
        await feedback.Has(3);
        feedback.Events.Select(m => m.Sequence).ShouldBe([2, 3, 4]);
        feedback.Events.Select(m => (m["id"], m.Body)).ShouldBe(all.Events.Skip(1).Take(3).Select(m => (m["id"], m.Body)));
        (all.Events.Count(), audit.Events.Count()).ShouldBe((5, 0));
        node.Probe.Log.Lines.ShouldContain(line => line.Contains("Republish request of feedback refused: for audit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_consumer_that_missed_events_asks_for_them_and_ends_complete()
    {
        await using var producer = await Start();
        await using var all = await Observe("admin", "watch.missed", "*.consent.record-viewed");
        await Append(producer, "north", "a", 0, new Counted(1), new Counted(2), new Counted(3));
        await all.Has(3);
        // its queue did not exist when those were published
        var reactions = new Reactions(Service).On<RecordViewed>(async (viewed, reaction, ct) =>
        {
            var version = (await reaction.Store.Load<Counter>("north", "effects", default, ct)).Version;
            await reaction.Store.Append(Probe.Request([Probe.Write("effects", version, new Counted(1, viewed.ClientId))]), ct);
        });
        await using var consumer = await BusNode.Start(await Probe.On(host.Stack), host.Bus, "session", _ => null, [reactions]);
        await Eventually.True(async () => (await consumer.Probe.Store.Load<Counter>("north", "effects")).Version == 3, "the missed events", 30);
        (await consumer.Probe.Store.Load<Counter>("north", "effects")).State!.Notes.ShouldBe(["c1", "c2", "c3"]);
        await Eventually.True(async () => !(await Freshness.Of(consumer.Probe.Database, Service, CancellationToken.None)).GapOpen, "no gap");
    }

    [Fact]
    public async Task answers_go_to_the_senders_reply_queue()
    {
        await using var node = await Start();
        await using var replies = await Observe("north.ehr", "reply.north.ehr.here");
        var answer = new CommandAccepted("message 7", "a", 1, Guid.NewGuid());
        var inbox = new InboxEntry("consent.x.v1", "north.ehr", "message 7", [1], answer, replies.Queue);
        var request = Probe.Request([Probe.Write("a", 0, new Counted(1))], inbox: inbox);
        await node.Probe.Store.Append(request);
        await replies.Has(1);
        var mail = replies.Events.Single();
        (mail.Properties.CorrelationId, mail.Properties.Type, mail.Properties.UserId).ShouldBe(("message 7", "command.accepted.v1", Service));
        JsonSerializer.Deserialize<CommandAccepted>(mail.Body, ContractJson.Options).ShouldBe(answer);
        await Eventually.True(async () => await node.Probe.Test.Value<bool>("select replied_at is not null from clinic.inbox"), "the answer to be marked as sent");
        // who repeats the command did not get the answer, so it is sent again
        (await node.Probe.Store.Append(request)).Outcome.ShouldBe(AppendOutcome.Duplicate);
        await replies.Has(2);
        await Eventually.True(async () => await node.Probe.Test.Value<bool>("select replied_at is not null from clinic.inbox"), "the answer to be marked as sent");
    }

    private async Task<BusNode> Start() => await BusNode.Start(await Probe.On(host.Stack), host.Bus, Service, Public);

    private Task<Mailbox> Observe(string user, string queue, params string[] keys) => Mailbox.Open(host.Bus, user, queue, keys);

    private static Task<AppendResult> Append(BusNode node, string tenant, string stream, long expected, params object[] events) =>
        node.Probe.Store.Append(Probe.Request([Probe.Write(stream, expected, events)], tenant: tenant));

    private static async Task Load(BusNode node, int writer, int events)
    {
        for (var n = 0; n < events; n += 5) await Append(node, "north", $"s{writer}", n, [.. Enumerable.Range(n, 5).Select(i => (object)new Counted(i))]);
    }
}
