using Clinic.EventLog;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>Puts a service on the bus: ordered queues for what others say, one queue per command it accepts, the relay for what it says.</summary>
public static class Bus
{
    /// <summary>Registers everything; what a service listens to and accepts is passed in, nothing is scanned for.</summary>
    public static IServiceCollection AddClinicBus(
        this IServiceCollection services, BusSettings settings, string service, Publication publication,
        IReadOnlyList<Reactions> reactions, Func<IServiceProvider, IReadOnlyList<IngressRoute>> ingress)
    {
        services.AddSingleton<BrokerReady>();
        services.AddSingleton(provider => reactions.Select(from => ActivatorUtilities.CreateInstance<Follower>(provider, from)).ToArray());
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Relay>(provider, publication, settings, service));
        services.AddHostedService<Healer>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Watch>(provider, settings, service));
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(settings.Host, (ushort)settings.Port, settings.VirtualHost, service, host =>
                {
                    host.Username(settings.User);
                    host.Password(settings.Password);
                    // a stopped process keeps its ordered queues until the broker gives it up: after one to two of these
                    host.Heartbeat(BusSettings.Heartbeat);
                    if (settings.CaFile is not null)
                        host.UseSsl(ssl =>
                        {
                            ssl.ServerName = settings.Host;
                            ssl.CertificateValidationCallback = Tls.Validator(settings.CaFile);
                        });
                });
                foreach (var follower in context.GetRequiredService<Follower[]>().Zip(reactions))
                    OrderedQueue(rabbit, service, follower.Second.Producer, follower.First, context.GetRequiredService<ILogger<Follower>>());
                foreach (var route in ingress(context))
                    CommandQueue(rabbit, route, context.GetRequiredService<ILogger<Relay>>());
            });
        });
        return services;
    }

    private static void OrderedQueue(IRabbitMqBusFactoryConfigurator rabbit, string service, string producer, Follower follower, ILogger logger) =>
        rabbit.ReceiveEndpoint(Topology.OrderedQueue(service, producer), endpoint =>
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
                binding.RoutingKey = $"*.{producer}.#";
            });
            RawEndpoint.Configure(endpoint, async (message, ct) =>
            {
                if (message.Properties.UserId != producer)
                {
                    logger.LogError("A message of {User} in the queue of {Producer} was refused", message.Properties.UserId, producer);
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
                    logger.LogError("A message of {Producer} was refused: {Problem}", producer, e.Message);
                    return;
                }
                await follower.Receive(received, ct);
            });
        });

    private static void CommandQueue(IRabbitMqBusFactoryConfigurator rabbit, IngressRoute route, ILogger logger) =>
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
            var door = new Ingress(route, logger);
            RawEndpoint.Configure(endpoint, door.Receive);
        });

    /// <summary>Parked events are also looked at when nothing arrives.</summary>
    private sealed class Healer(Follower[] followers, ILogger<Healer> logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken);
                foreach (var follower in followers)
                {
                    try
                    {
                        await follower.Heal(stoppingToken);
                    }
                    catch (Exception e) when (e is not OperationCanceledException)
                    {
                        // still not handled; the alarm raised when it was parked stands
                        logger.LogWarning("A parked event could still not be handled: {Error}", e.GetType().Name);
                    }
                }
            }
        }
    }
}
