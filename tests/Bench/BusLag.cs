using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Messaging;
using Clinic.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Clinic.Bench;

/// <summary>
/// From an append's return to its message at a plain AMQP client with a queue of its own, alone and beside 500 appends a second.
/// The floor is a writer that publishes by itself after its commit: nothing numbers its messages, and a crash between loses one.
/// </summary>
internal static class BusLag
{
    private const string Service = "consent";

    public static async Task Run(Setup setup, Report report)
    {
        await using var bus = await setup.Stack.NewVirtualHost();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        builder.Services.AddSingleton(setup.Database).AddSingleton(setup.Signals).AddSingleton(setup.Alarms).AddSingleton(setup.Store)
            .AddSingleton(Sample.Types).AddSingleton(Sample.Seal).AddSingleton(TimeProvider.System);
        builder.Services.AddClinicBus(bus.Settings(Service), Service, Public, [], _ => []);
        using var relay = builder.Build();
        await relay.StartAsync();
        await using var publishing = await bus.Connect("admin");
        await using var direct = await publishing.CreateChannelAsync(new CreateChannelOptions(true, true));
        await using var inbox = await Inbox.Open(bus);

        async Task<double> Ours(long n)
        {
            var request = Sample.Request("bus-" + Guid.NewGuid(), 0, Sample.Event(n));
            var seen = inbox.Expect(request.Writes[0].Events[0].Id.ToString());
            await setup.Store.Append(request);
            return await Since(seen);
        }
        async Task<double> Floor(long n)
        {
            var id = Guid.NewGuid().ToString();
            var seen = inbox.Expect(id);
            await setup.Floor.Coalesced(new FloorAppend("bus-" + Guid.NewGuid(), 0, Sample.Event(n)));
            var clock = Stopwatch.GetTimestamp();
            await direct.BasicPublishAsync(Topology.Events, $"{Sample.Tenant}.floor.noted", mandatory: false,
                new BasicProperties { MessageId = id, Persistent = true }, Encoding.UTF8.GetBytes("{}"));
            return Stopwatch.GetElapsedTime(clock, await seen).TotalMilliseconds;
        }

        await Ours(0);
        foreach (var rate in new[] { 0, 500 })
        {
            var (ours, floor) = (new List<double>(), new List<double>());
            for (var round = 0; round < report.Options.Rounds; round++)
            {
                floor.AddRange(await Lag.Measure(setup, rate, report.Options.Round, Floor, n => setup.Floor.Coalesced(new FloorAppend("f-" + Guid.NewGuid(), 0, Sample.Event(n)))));
                ours.AddRange(await Lag.Measure(setup, rate, report.Options.Round, Ours, n => Appending.Append(setup.Store, "o-" + Guid.NewGuid(), 0, Sample.Event(n))));
                Report.Progress($"commit to an AMQP consumer at {rate}/s: round {round + 1}/{report.Options.Rounds}, floor {Report.Median(floor):0.##} ms, ours {Report.Median(ours):0.##} ms");
            }
            var beside = rate == 0 ? "alone" : $"at {rate} appends/s";
            report.Add($"commit to a plain AMQP consumer, {beside}, p50", "ms", Report.Median(ours), Report.Median(floor));
            report.Add($"commit to a plain AMQP consumer, {beside}, p99", "ms", Report.Percentile(ours, 0.99), Report.Percentile(floor, 0.99));
        }
        await relay.StopAsync();
    }

    private static RecordViewed? Public(StoredEvent stored) =>
        stored.Data is Noted e ? new RecordViewed(e.ClientId, e.Author, "therapist", e.Kind, "TREAT") : null;

    private static async Task<double> Since(Task<long> seen)
    {
        var committed = Stopwatch.GetTimestamp();
        // the message may overtake the append's return
        return Math.Max(0, Stopwatch.GetElapsedTime(committed, await seen).TotalMilliseconds);
    }

    /// <summary>A client that notes when a message came.</summary>
    private sealed class Inbox(IConnection connection, IChannel channel) : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> expected = new();

        public static async Task<Inbox> Open(VirtualHost bus)
        {
            var connection = await bus.Connect("north.ehr");
            var channel = await connection.CreateChannelAsync();
            var inbox = new Inbox(connection, channel);
            const string queue = "events.north.ehr.bench";
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            await channel.QueueBindAsync(queue, Topology.Events, $"{Sample.Tenant}.#");
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, e) =>
            {
                if (e.BasicProperties.MessageId is { } id && inbox.expected.TryRemove(id, out var seen)) seen.TrySetResult(Stopwatch.GetTimestamp());
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
            return inbox;
        }

        public Task<long> Expect(string id) =>
            expected.GetOrAdd(id, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(TimeSpan.FromSeconds(30));

        public async ValueTask DisposeAsync()
        {
            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
