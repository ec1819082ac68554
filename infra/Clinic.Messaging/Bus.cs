using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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
        services.AddSingleton(provider => new Endpoints(settings, service, provider.GetRequiredService<Follower[]>(), ingress(provider),
            provider.GetService<CheckpointListening>(), provider.GetRequiredService<ILoggerFactory>()));
        // last, and so the first to stop: nothing comes in while the rest ends
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Listener>(provider, settings, service));
        return services;
    }

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
