using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>Names on the broker. They are public: clinic systems bind and publish by them.</summary>
public static class Topology
{
    /// <summary>Topic exchange of every public event; routing key <c>{tenant}.{service}.{event}</c>.</summary>
    public const string Events = "clinic.events";

    /// <summary>Topic exchange for commands; routing key is the command's contract name.</summary>
    public const string Commands = "clinic.commands";

    /// <summary>Direct exchange where consumers ask a producer for events again; routing key is the producer.</summary>
    public const string Republish = "clinic.republish";

    /// <summary>Topic exchange of signed checkpoints; routing key is the service.</summary>
    public const string Checkpoints = "clinic.checkpoints";

    /// <summary>Where the broker's policy puts what a queue has delivered too often; read by operators only.</summary>
    public const string DeadLetters = "clinic.dead-letters";

    /// <summary>No clinic's name: heartbeats belong to the installation.</summary>
    public const string NoTenant = "_";

    /// <summary>The queue in which one service receives everything public of one producer, in order.</summary>
    public static string OrderedQueue(string consumer, string producer) => $"{consumer}-from-{producer}";

    /// <summary>The queue in which one service receives every service's checkpoints.</summary>
    public static string CheckpointQueue(string consumer) => $"{consumer}.checkpoints";

    /// <summary>The queue in which a producer is asked for events again.</summary>
    public static string RepublishQueue(string producer) => $"{producer}.republish";

    /// <summary><c>north.consent.granted</c> for tenant north, service consent, contract <c>consent.granted.v1</c>.</summary>
    public static string RoutingKey(string tenant, string service, string contract)
    {
        var unversioned = contract[..contract.LastIndexOf(".v", StringComparison.Ordinal)];
        var name = unversioned.StartsWith(service + ".", StringComparison.Ordinal) ? unversioned[(service.Length + 1)..] : unversioned;
        return $"{tenant}.{service}.{name.Replace('.', '-')}";
    }

    /// <summary>Declares what the relay needs; the exchanges stand in the broker's definitions. Consumers' queues are declared by their endpoints, before the relay starts.</summary>
    internal static async Task Declare(IChannel channel, string service, CancellationToken ct)
    {
        await channel.QueueDeclareAsync(RepublishQueue(service), durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: ct);
        await channel.QueueBindAsync(RepublishQueue(service), Republish, service, cancellationToken: ct);
    }
}
