using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Clinic.SystemTests.Running;

/// <summary>A public event as it went over the bus.</summary>
public sealed record Heard(string RoutingKey, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public string Type => Headers["type"];

    public string Tenant => Headers.GetValueOrDefault("tenant", "_");

    public string Producer => Headers["source"]["/clinic/".Length..];

    public long Sequence => long.Parse(Headers["sequence"], CultureInfo.InvariantCulture);

    public JsonNode Body => JsonNode.Parse(Text)!;

    public string? this[string member] => Body[member]?.ToString();
}

/// <summary>Hears everything on the exchange of public events, for the whole run and also while it was away.</summary>
public sealed class Ear : IAsyncDisposable
{
    private const string Queue = "events.everything";
    private readonly ConcurrentQueue<Heard> heard = new();
    private readonly IConnection connection;

    private Ear(IConnection connection) => this.connection = connection;

    /// <summary>Every public event so far, heartbeats left out, repeats included.</summary>
    public Heard[] All => [.. heard];

    public static async Task<Ear> Listen(IConnection connection)
    {
        var ear = new Ear(connection);
        var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync("clinic.events", ExchangeType.Topic, durable: true);
        // durable: it keeps what is said while this connection is broken
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(Queue, "clinic.events", "#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var message = Read(delivery.RoutingKey, delivery.BasicProperties, delivery.Body);
            if (message.Type != "heartbeat.v1") ear.heard.Enqueue(message);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
        return ear;
    }

    public static Heard Read(string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body) => new(routingKey,
        (properties.Headers ?? new Dictionary<string, object?>()).Where(h => h.Key.StartsWith("cloudEvents_", StringComparison.Ordinal))
            .ToDictionary(h => h.Key["cloudEvents_".Length..], h => Encoding.UTF8.GetString((byte[])h.Value!)),
        Encoding.UTF8.GetString(body.Span));

    /// <summary>Waits for an event of this type with this member.</summary>
    public async Task<Heard> Wait(string type, string member, string value, string tenant = Person.North, int seconds = 20)
    {
        Heard? found = null;
        await Eventually.True(() => (found = heard.FirstOrDefault(e => e.Type == type && e.Tenant == tenant && e[member] == value)) is not null,
            $"{type} with {member} {value} in {tenant}", seconds);
        return found!;
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();
}
