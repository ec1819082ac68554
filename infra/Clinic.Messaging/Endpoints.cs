using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>What a service listens to: an ordered queue per producer it follows, a queue per command it accepts.</summary>
internal sealed class Endpoints(
    BusSettings settings, string service, IReadOnlyList<Follower> followers, IReadOnlyList<IngressRoute> routes, CheckpointListening? checkpoints, ILoggerFactory loggers)
{
    private readonly ILogger ordered = loggers.CreateLogger<Follower>();
    private readonly ILogger ingress = loggers.CreateLogger<Ingress>();

    /// <summary>A bus with all of them, not started.</summary>
    /// <param name="mayConnect">Asked before it connects, also again: false keeps it from taking its queues back from the bus that follows it.</param>
    public IBusControl Create(Func<bool> mayConnect)
    {
        LogContext.ConfigureCurrentLogContext(loggers);
        return MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(settings.Host, (ushort)settings.Port, settings.VirtualHost, service, host =>
            {
                host.Username(settings.User);
                host.Password(settings.Password);
                // a stopped process keeps its ordered queues until the broker gives it up: after one to two of these
                host.Heartbeat(BusSettings.Heartbeat);
                host.OnRefreshConnectionFactory = _ => mayConnect() ? Task.CompletedTask : Task.FromCanceled(new CancellationToken(true));
                if (settings.CaFile is not null)
                    host.UseSsl(ssl =>
                    {
                        ssl.ServerName = settings.Host;
                        ssl.CertificateValidationCallback = Tls.Validator(settings.CaFile);
                    });
            });
            foreach (var follower in followers) OrderedQueue(rabbit, follower);
            foreach (var route in routes) CommandQueue(rabbit, route);
            if (checkpoints is not null) CheckpointQueue(rabbit, checkpoints);
        });
    }

    private void OrderedQueue(IRabbitMqBusFactoryConfigurator rabbit, Follower follower) =>
        rabbit.ReceiveEndpoint(Topology.OrderedQueue(service, follower.Producer), endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.SetQuorumQueue();
            // order holds only with one active consumer that takes one message at a time
            endpoint.SingleActiveConsumer = true;
            endpoint.ConcurrentMessageLimit = 1;
            endpoint.PrefetchCount = 64;
            endpoint.Bind(Topology.Events, binding =>
            {
                binding.ExchangeType = ExchangeType.Topic;
                binding.RoutingKey = $"*.{follower.Producer}.#";
            });
            RawEndpoint.Configure(endpoint, (message, ct) => Follow(follower, message, ct));
        });

    private void CheckpointQueue(IRabbitMqBusFactoryConfigurator rabbit, CheckpointListening listening) =>
        rabbit.ReceiveEndpoint(Topology.CheckpointQueue(service), endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.SetQuorumQueue();
            // each is compared with the one before
            endpoint.SingleActiveConsumer = true;
            endpoint.ConcurrentMessageLimit = 1;
            endpoint.PrefetchCount = 16;
            endpoint.Bind(Topology.Checkpoints, binding =>
            {
                binding.ExchangeType = ExchangeType.Topic;
                binding.RoutingKey = "#";
            });
            RawEndpoint.Configure(endpoint, (message, ct) => listening.Receive(message, ordered, ct));
        });

    private async Task Follow(Follower follower, RawMessage message, CancellationToken ct)
    {
        if (message.Properties.UserId != follower.Producer)
        {
            ordered.LogError("A message of {User} in the queue of {Producer} was refused", message.Properties.UserId, follower.Producer);
            return;
        }
        ReceivedMessage received;
        try
        {
            received = CloudEvents.Read(message.Properties, message.Body);
        }
        catch (FormatException e)
        {
            // without a sequence there is nothing to park; if it was an event, the next one shows the gap
            ordered.LogError("A message of {Producer} was refused: {Problem}", follower.Producer, e.Message);
            return;
        }
        await follower.Receive(received, ct);
    }

    private void CommandQueue(IRabbitMqBusFactoryConfigurator rabbit, IngressRoute route) =>
        rabbit.ReceiveEndpoint(route.Contract, endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.SetQuorumQueue();
            endpoint.ConcurrentMessageLimit = 8;
            endpoint.PrefetchCount = 16;
            endpoint.Bind(Topology.Commands, binding =>
            {
                binding.ExchangeType = ExchangeType.Topic;
                binding.RoutingKey = route.Contract;
            });
            RawEndpoint.Configure(endpoint, new Ingress(route, ingress).Receive);
        });
}
