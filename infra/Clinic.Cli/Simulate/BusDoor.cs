using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Clinic.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Clinic.Cli.Simulate;

/// <summary>A clinic's own system on the bus: sends commands, gets answers, hears its clinic's public events.</summary>
internal sealed class BusDoor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private const int Tries = 3;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<Reply>> waiting = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Seen>> heard = new();
    private readonly SemaphoreSlim one = new(1);
    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly string user, run;

    private BusDoor(IConnection connection, IChannel channel, string user, string run) => (this.connection, this.channel, this.user, this.run) = (connection, channel, user, run);

    private string ReplyTo => $"reply.{user}.{run}";

    /// <param name="run">Events of clients whose id begins with it are kept.</param>
    public static async Task<BusDoor> Open(BusSettings settings, string tenant, string run, CancellationToken ct)
    {
        var connection = await settings.Factory("clinic-simulate").CreateConnectionAsync(ct);
        var door = new BusDoor(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true), ct), settings.User, run);
        await door.Listen(door.ReplyTo, door.Answered, ct);
        var events = $"events.{settings.User}.{run}";
        await door.Listen(events, door.Noted, ct);
        await door.channel.QueueBindAsync(events, "clinic.events", tenant + ".#", cancellationToken: ct);
        return door;
    }

    /// <summary>Sends a command and waits for its answer; without one, the same command again.</summary>
    public async Task<Reply> Command(string contract, object body, string id, CancellationToken ct)
    {
        var answer = waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var attempt = 1; ; attempt++)
        {
            await Publish(contract, JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web), id, ct);
            try
            {
                return await answer.Task.WaitAsync(Patience, ct);
            }
            catch (TimeoutException) when (attempt < Tries)
            {
                // sent again with its id it has no second effect
            }
        }
    }

    /// <summary>What was heard of a client so far, each event once however often it came.</summary>
    public Seen[] Of(string clientId) => heard.TryGetValue(clientId, out var all) ? [.. all.DistinctBy(e => e.Id)] : [];

    /// <summary>Waits for an event of a client.</summary>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task<Seen> Wait(string clientId, string type, CancellationToken ct, Predicate<Seen>? which = null)
    {
        var until = DateTime.UtcNow + Patience;
        for (; DateTime.UtcNow < until; await Task.Delay(20, ct))
            if (Of(clientId).FirstOrDefault(e => e.Type == type && which?.Invoke(e) is not false) is { } found) return found;
        throw new TimeoutException($"no {type} about {clientId} within {Patience.TotalSeconds:0} s");
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
        one.Dispose();
    }

    private async Task Publish(string contract, byte[] body, string id, CancellationToken ct)
    {
        // a channel is one sender's at a time
        await one.WaitAsync(ct);
        try
        {
            var properties = new BasicProperties
            {
                MessageId = id,
                UserId = user,
                ReplyTo = ReplyTo,
                Type = contract,
                ContentType = "application/json",
                DeliveryMode = DeliveryModes.Persistent
            };
            await channel.BasicPublishAsync("clinic.commands", contract, mandatory: true, properties, body, ct);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task Listen(string queue, Action<BasicDeliverEventArgs> on, CancellationToken ct)
    {
        // exclusive: it goes when we go
        await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: ct);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            on(delivery);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, ct);
    }

    private void Answered(BasicDeliverEventArgs delivery)
    {
        if (waiting.TryRemove(delivery.BasicProperties.CorrelationId ?? "", out var answer))
            answer.TrySetResult(Reply.Of(delivery.BasicProperties.Type == "command.accepted.v1", Encoding.UTF8.GetString(delivery.Body.Span)));
    }

    private void Noted(BasicDeliverEventArgs delivery)
    {
        var body = JsonNode.Parse(delivery.Body.Span);
        if (body is JsonObject about && about["clientId"]?.ToString() is { } clientId && clientId.StartsWith(run, StringComparison.Ordinal))
            heard.GetOrAdd(clientId, _ => new()).Enqueue(new Seen(delivery.BasicProperties.MessageId ?? "", delivery.BasicProperties.Type ?? "", body));
    }
}
