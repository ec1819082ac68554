using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Clinic.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Clinic.Tests.Infra;

/// <summary>A plain client with one queue: what a clinic system in any language would do.</summary>
public sealed class Mailbox : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly ConcurrentQueue<Mail> received = new();

    private Mailbox(IConnection connection, IChannel channel, string user, string queue) =>
        (this.connection, Channel, User, Queue) = (connection, channel, user, queue);

    public IChannel Channel { get; }
    public string User { get; }
    public string Queue { get; }
    public IReadOnlyList<Mail> Received => [.. received];
    public IEnumerable<Mail> Events => received.Where(mail => mail.Properties.Type != "heartbeat.v1");

    /// <param name="bindings">Routing keys on <c>clinic.events</c>.</param>
    public static async Task<Mailbox> Open(VirtualHost host, string user, string queue, params string[] bindings)
    {
        var connection = await host.Connect(user);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var box = new Mailbox(connection, channel, user, queue);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        foreach (var key in bindings) await channel.QueueBindAsync(queue, Topology.Events, key);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) =>
        {
            box.received.Enqueue(new Mail(e.Exchange, e.RoutingKey, new BasicProperties(e.BasicProperties), Encoding.UTF8.GetString(e.Body.Span)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return box;
    }

    public ValueTask Send(string exchange, string key, BasicProperties properties, byte[] body) =>
        Channel.BasicPublishAsync(exchange, key, mandatory: true, properties, body);

    public Task Has(int events) => Eventually.True(() => Events.Count() >= events, $"{events} messages in {Queue}", 40);

    public async ValueTask DisposeAsync()
    {
        await Channel.QueueDeleteAsync(Queue);
        await Channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}

public sealed record Mail(string Exchange, string Key, BasicProperties Properties, string Body)
{
    public string? this[string attribute] =>
        Properties.Headers?.TryGetValue("cloudEvents_" + attribute, out var value) == true ? Encoding.UTF8.GetString((byte[])value!) : null;

    public long Sequence => long.Parse(this["sequence"]!);

    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>One virtual host for a test class.</summary>
public sealed class OwnVirtualHost(Stack stack) : IAsyncLifetime
{
    public VirtualHost Bus { get; private set; } = null!;

    public Stack Stack => stack;

    public async ValueTask InitializeAsync() => Bus = await stack.NewVirtualHost();

    public ValueTask DisposeAsync() => Bus.DisposeAsync();
}
