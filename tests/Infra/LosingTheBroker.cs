using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Messaging;

namespace Clinic.Tests.Infra;

/// <summary>A consumer of several queues loses its connection in the middle of its work, again and again.</summary>
public sealed class LosingTheBroker(OwnVirtualHost host) : IClassFixture<OwnVirtualHost>
{
    private const string Consumer = "session";
    private static readonly string[] Producers = ["consent", "intake", "feedback"];

    private static readonly Publication Public = stored => stored.Data is Counted counted
        ? new RecordViewed($"c{counted.Amount}", "viewer", "therapist", "view", "TREAT")
        : null;

    [Fact]
    public async Task it_listens_to_every_queue_again_and_misses_nothing()
    {
        const int rounds = 4, each = 20;
        var queues = Producers.Select(producer => Topology.OrderedQueue(Consumer, producer)).ToArray();
        await using var consumer = await BusNode.Start(await Probe.On(host.Stack), host.Bus, Consumer, _ => null, [.. Producers.Select(Slowly)]);
        var producers = new List<BusNode>();
        try
        {
            foreach (var producer in Producers) producers.Add(await BusNode.Start(await Probe.On(host.Stack), host.Bus, producer, Public));
            await Listening(queues);
            for (var round = 0; round < rounds; round++)
            {
                var drop = await host.Bus.FindConnection(Consumer);
                var writing = Task.WhenAll(producers.Select(async producer =>
                {
                    for (var n = 0; n < each; n++) await producer.Probe.Append("a", round * each + n, new Counted(round * each + n));
                }));
                var before = await Handled(consumer);
                await Eventually.True(async () => await Handled(consumer) > before, "something to be in flight");
                await drop();
                await writing;
                await Eventually.True(async () => await Handled(consumer) == Producers.Length * each * (round + 1), $"everything of round {round}", 30);
                await Listening(queues);
            }
            foreach (var producer in Producers)
                (await consumer.Probe.Store.Load<Counter>("north", "from-" + producer)).State!.Notes.ShouldBe(Enumerable.Range(0, rounds * each).Select(n => $"c{n}"));
        }
        finally
        {
            foreach (var producer in producers) await producer.DisposeAsync();
        }
    }

    private static Reactions Slowly(string producer) => new Reactions(producer).On<RecordViewed>(async (viewed, reaction, ct) =>
    {
        await Task.Delay(20, ct);
        var version = (await reaction.Store.Load<Counter>("north", "from-" + producer, default, ct)).Version;
        await reaction.Store.Append(Probe.Request([Probe.Write("from-" + producer, version, new Counted(1, viewed.ClientId))]), ct);
    });

    private async Task Listening(string[] queues)
    {
        foreach (var queue in queues) await Eventually.True(async () => await host.Bus.Consumers(queue) == 1, $"a consumer of {queue}", 30);
    }

    private static async Task<long> Handled(BusNode consumer) => await consumer.Probe.Test.Value<long>("select coalesce(sum(last), 0)::bigint from clinic.consumer");
}
