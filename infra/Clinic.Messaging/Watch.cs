using Clinic.EventLog;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clinic.Messaging;

/// <summary>
/// Lets the relay go once MassTransit has declared this service's queues and bindings, and starts MassTransit anew when it stays
/// away from a broker that answers: a connection that ends while messages are handled can leave it on the dead one for ever.
/// </summary>
internal sealed class Watch(IBusControl bus, BusSettings settings, string service, BrokerReady ready, Alarms alarms, ILogger<Watch> logger) : BackgroundService
{
    private const string Alarm = "broker";

    /// <summary>Starting and reconnecting take a moment and are no alarm.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var since = DateTime.UtcNow;
        while (!stoppingToken.IsCancellationRequested)
        {
            var away = DateTime.UtcNow - since;
            if (bus.CheckHealth().Status == BusHealthStatus.Healthy)
            {
                ready.Set();
                alarms.Clear(Alarm);
                since = DateTime.UtcNow;
            }
            else if (away > Grace)
            {
                alarms.Raise(Alarm, "not connected");
                if (away > Patience && await Answers(stoppingToken))
                {
                    await Restart(stoppingToken);
                    since = DateTime.UtcNow;
                }
            }
            await Task.Delay(200, stoppingToken);
        }
    }

    private async Task<bool> Answers(CancellationToken ct)
    {
        try
        {
            await using var connection = await settings.Factory(service + "-watch").CreateConnectionAsync(ct);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return false;
        }
    }

    private async Task Restart(CancellationToken ct)
    {
        logger.LogWarning("The broker answers and the bus is not connected: it is started anew");
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience * 2);
            await bus.StopAsync(limit.Token);
            await bus.StartAsync(limit.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogWarning("The bus did not start: {Error}", e.GetType().Name);
        }
    }
}
