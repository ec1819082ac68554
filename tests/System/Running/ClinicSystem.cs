using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Clinic.SystemTests.Running;

/// <summary>A clinic system on the bus: a plain client in any language could do the same.</summary>
public sealed class ClinicSystem : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string? Id, Answer Answer)> answers = new();
    private readonly IConnection connection;
    private readonly IChannel channel;

    private ClinicSystem(IConnection connection, IChannel channel, string user) =>
        (this.connection, this.channel, User, ReplyTo) = (connection, channel, user, $"reply.{user}.{Guid.NewGuid():N}");

    public string User { get; }

    public string ReplyTo { get; }

    /// <summary>Everything answered so far: the id of the command, and the answer.</summary>
    public (string? Id, Answer Answer)[] Answers => [.. answers];

    public IConnection Connection => connection;

    public static async Task<ClinicSystem> Connect(VirtualHost host, string user)
    {
        var connection = await host.Connect(user);
        var system = new ClinicSystem(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true)), user);
        await system.channel.QueueDeclareAsync(system.ReplyTo, durable: true, exclusive: false, autoDelete: false);
        var consumer = new AsyncEventingBasicConsumer(system.channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var accepted = delivery.BasicProperties.Type == "command.accepted.v1";
            system.answers.Enqueue((delivery.BasicProperties.CorrelationId,
                new Answer(accepted ? 200 : 409, Encoding.UTF8.GetString(delivery.Body.Span))));
            return Task.CompletedTask;
        };
        await system.channel.BasicConsumeAsync(system.ReplyTo, autoAck: true, consumer);
        return system;
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    public async Task<Answer> Command(string contract, object body, string? id = null)
    {
        id ??= Guid.NewGuid().ToString();
        var before = Of(id).Length;
        await Send(contract, body, id);
        return (await AnswersTo(id, before + 1))[^1];
    }

    /// <summary>Sends a command; the broker has taken it when this returns.</summary>
    public Task Send(string contract, object body, string? id) =>
        Publish(contract, JsonSerializer.SerializeToUtf8Bytes(body, Answer.Json), properties => properties.MessageId = id);

    /// <summary>Sends any bytes, with what a client may get wrong in the properties.</summary>
    public Task Publish(string contract, byte[] body, Action<BasicProperties> change)
    {
        var properties = new BasicProperties
        {
            UserId = User,
            ReplyTo = ReplyTo,
            ContentType = "application/json",
            Type = contract,
            DeliveryMode = DeliveryModes.Persistent
        };
        change(properties);
        return channel.BasicPublishAsync("clinic.commands", contract, mandatory: true, properties, body).AsTask();
    }

    /// <summary>Waits for so many answers to one command.</summary>
    public async Task<Answer[]> AnswersTo(string? id, int count = 1, int seconds = 30)
    {
        await Eventually.True(() => Of(id).Length >= count, $"{count} answers to {id ?? "a command without an id"}", seconds);
        return Of(id);
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    private Answer[] Of(string? id) => [.. answers.Where(a => a.Id == id).Select(a => a.Answer)];
}
