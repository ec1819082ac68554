using System.Text.Json.Nodes;
using Clinic.Cli.Secrets;
using Clinic.Messaging;

namespace Clinic.Cli.Doctor;

/// <summary>What must stand on the broker: its definitions, and the queues and bindings the services make.</summary>
public sealed record BrokerExpectations(JsonObject Definitions, IReadOnlyList<ExpectedQueue> Queues)
{
    public static BrokerExpectations Read() => new(BrokerDefinitions.Template(),
    [
        .. Installed.Topology.SelectMany(service => service.Value.Follows.Select(producer => new ExpectedQueue(
            Topology.OrderedQueue(service.Key, producer), Topology.Events, $"*.{producer}.#", Ordered: true, Consumed: true))),
        .. Installed.Topology.SelectMany(service => service.Value.Accepts.Select(command => new ExpectedQueue(
            command, Topology.Commands, command, Ordered: false, Consumed: true))),
        .. Installed.Topology.Where(service => service.Value.Checkpoints).Select(service => new ExpectedQueue(
            Topology.CheckpointQueue(service.Key), Topology.Checkpoints, "#", Ordered: true, Consumed: true)),
        // asked by the relay itself, now and then, so nobody consumes from it
        .. Installed.Services.Select(service => new ExpectedQueue(
            Topology.RepublishQueue(service), Topology.Republish, service, Ordered: false, Consumed: false))
    ]);

    public IEnumerable<JsonNode> Defined(string what) => Definitions[what]!.AsArray().Select(node => node!);
}

/// <param name="Exchange">Bound to, with this key, directly or through an exchange of the queue's own name.</param>
/// <param name="Ordered">One active consumer.</param>
public sealed record ExpectedQueue(string Name, string Exchange, string Key, bool Ordered, bool Consumed);
