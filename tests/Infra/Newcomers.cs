using System.Text;
using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Clinic.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Clinic.Tests.Infra;

/// <summary>A clinic system that joins late asks for its tenant's past, and gets that and nothing else.</summary>
public sealed class Newcomers(OwnVirtualHost host) : IClassFixture<OwnVirtualHost>
{
    private const string Service = "consent";

    private static readonly Publication Public = stored => stored.Data is Counted counted
        ? new RecordViewed($"c{counted.Amount}", "viewer", "therapist", "view", "TREAT")
        : null;

    [Fact]
    public async Task it_gets_its_tenants_past_as_it_was_published_and_learns_how_far_that_goes()
    {
        await using var node = await Start();
        await using var live = await Mailbox.Open(host.Bus, "north.ehr", "events.north.ehr.live", "north.#");
        await Append(node, "north", "a", 0, new Counted(1), new Halved(), new Counted(2));
        await Append(node, "south", "a", 0, new Counted(3));
        await Append(node, "north", "b", 0, new Counted(4), new Counted(5));
        await live.Has(4);
        await using var late = await Mailbox.Open(host.Bus, "north.ehr", "events.north.ehr.late");
        await Ask(late, new RepublishRequested("north.ehr", Service, 2, 3), id: "first");
        await Answered(late, "first");
        late.Events.Select(m => m["tenantsequence"]).ShouldBe(["2", "3"]);
        late.Events.Select(m => (m["id"], m["sequence"], m["eventhash"], m.Body)).ShouldBe(live.Events.Skip(1).Take(2).Select(m => (m["id"], m["sequence"], m["eventhash"], m.Body)));
        var end = late.Received[^1];
        (end.Properties.CorrelationId, end["tenant"], end.Json["sequence"]!.GetValue<long>()).ShouldBe(("first", "north", 4));
        // all there is, however far it asks
        await Ask(late, new RepublishRequested("north.ehr", Service, 1, long.MaxValue), id: "all");
        await Answered(late, "all");
        late.Events.Select(m => m["tenantsequence"]).ShouldBe(["2", "3", "1", "2", "3", "4"]);
        // the past goes to who asked for it
        live.Events.Count().ShouldBe(4);
    }

    [Fact]
    public async Task a_long_past_comes_in_pages_and_does_not_hold_up_the_present()
    {
        await using var node = await Start();
        for (var n = 0; n < 1200; n += 100) await Append(node, "north", "a", n, [.. Enumerable.Range(n, 100).Select(i => (object)new Counted(i))]);
        await using var late = await Mailbox.Open(host.Bus, "north.harbour", "events.north.harbour.late");
        await Eventually.True(async () => await node.Probe.Test.Value<long>("select count(*) from clinic.publication") == 1200, "the past to be numbered");
        await Ask(late, new RepublishRequested("north.harbour", Service, 1, 5000), id: "first");
        await Answered(late, "first");
        late.Events.Select(Number).ShouldBe(Enumerable.Range(1, 1000));
        late.Received[^1].Json["sequence"]!.GetValue<long>().ShouldBe(1200);
        await Ask(late, new RepublishRequested("north.harbour", Service, 1001, 5000), id: "second");
        await Answered(late, "second");
        late.Events.Select(Number).ShouldBe(Enumerable.Range(1, 1200));
    }

    [Fact]
    public async Task a_request_that_is_not_its_own_is_refused_with_a_log_line_and_nothing_is_sent()
    {
        await using var node = await Start();
        await Append(node, "north", "a", 0, new Counted(1));
        await Append(node, "south", "a", 0, new Counted(1));
        await using var own = await Mailbox.Open(host.Bus, "south.ehr", "events.south.ehr.own");
        await using var neighbour = await Mailbox.Open(host.Bus, "north.ehr", "events.north.ehr.victim");
        await using var service = await Mailbox.Open(host.Bus, "feedback", Topology.OrderedQueue("feedback", Service));
        var all = new RepublishRequested("south.ehr", Service, 1, 9);
        await Ask(own, all, replyTo: neighbour.Queue);
        await Ask(own, all, replyTo: service.Queue);
        await Ask(own, all, replyTo: "events.south.ehrx.queue");
        await Ask(own, all, replyTo: "reply.south.ehr.queue");
        await Ask(own, all with { Consumer = "north.ehr" });
        await Ask(own, all with { Consumer = "feedback" });
        await Ask(own, all with { Producer = "intake" });
        await Ask(own, all with { FromSequence = 0 });
        await Ask(own, all with { FromSequence = 5, UpToSequence = 4 });
        foreach (var body in new[] { "null", "", "[]", "{\"consumer\":null}", new string(' ', 5000) + "{}" })
            await own.Send(Topology.Republish, Service, new BasicProperties { UserId = "south.ehr", ReplyTo = own.Queue }, Encoding.UTF8.GetBytes(body));
        await own.Send(Topology.Republish, Service, new BasicProperties { ReplyTo = own.Queue }, JsonSerializer.SerializeToUtf8Bytes(all, ContractJson.Options));
        await Eventually.True(() => Refusals(node).Length == 15, "fifteen refusals");
        // after all that, an honest request is answered, with the one event of its tenant
        await Ask(own, all, id: "honest");
        await Answered(own, "honest");
        (own.Received.Count, own.Events.Count(), neighbour.Received.Count, service.Received.Count).ShouldBe((2, 1, 0, 0));
        own.Events.Single()["tenant"].ShouldBe("south");
        node.Probe.Alarms.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_broker_keeps_clinic_systems_out_of_the_producers_queue()
    {
        await using var node = await Start();
        await Append(node, "north", "a", 0, new Counted(1));
        await using var connection = await host.Bus.Connect("north.ehr");
        await using var channel = await connection.CreateChannelAsync();
        (await Should.ThrowAsync<OperationInterruptedException>(() => channel.BasicGetAsync(Topology.RepublishQueue(Service), autoAck: true))).ShutdownReason!.ReplyCode.ShouldBe((ushort)403);
    }

    private async Task<BusNode> Start() => await BusNode.Start(await Probe.On(host.Stack), host.Bus, Service, Public);

    private static string[] Refusals(BusNode node) => [.. node.Probe.Log.Lines.Where(line => line.Contains("refused:", StringComparison.Ordinal))];

    private static int Number(Mail mail) => int.Parse(mail["tenantsequence"]!);

    private static Task Answered(Mailbox box, string id) =>
        Eventually.True(() => box.Received.Any(m => m.Properties is { Type: "heartbeat.v1", CorrelationId: { } answered } && answered == id), $"the end of the answer to {id}", 40);

    private static Task Ask(Mailbox box, RepublishRequested request, string? replyTo = null, string id = "request") =>
        box.Send(Topology.Republish, Service, new BasicProperties { UserId = box.User, ReplyTo = replyTo ?? box.Queue, MessageId = id },
            JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Options)).AsTask();

    private static async Task Append(BusNode node, string tenant, string stream, long expected, params object[] events)
    {
        await node.Probe.Store.Append(Probe.Request([Probe.Write(stream, expected, events)], tenant: tenant));
        // who has published has also declared the queue in which it is asked
        await Eventually.True(() => node.Probe.Test.Value<bool>("select exists (select from clinic.checkpoint where name = 'relay:confirmed')"), "a relay at work");
    }
}
