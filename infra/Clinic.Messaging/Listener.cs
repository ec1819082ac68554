using Clinic.EventLog;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clinic.Messaging;

/// <summary>
/// Keeps a bus running and lets the relay go once its queues and bindings stand. A bus that stays away from a broker that answers
/// is given up for a new one: MassTransit can stay on a connection that is long dead (ADR 19), and after an outage it waits
/// longer than we want to.
/// </summary>
internal sealed class Listener(
    Endpoints endpoints, BusSettings settings, string service, BrokerReady ready, Alarms alarms, ILogger<Listener> logger) : BackgroundService
{
    private const string Alarm = "broker";

    /// <summary>Starting and reconnecting take a moment and are no alarm.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Longer than MassTransit needs to connect a second time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // not disposed: a bus that was given up asks it again
            var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var bus = endpoints.Create(over.Token);
            var started = bus.StartAsync(over.Token);
            try
            {
                await UntilLost(bus, stoppingToken);
                logger.LogWarning("The broker answers and the bus is not connected: another bus takes over");
                await over.CancelAsync();
                // not waited for: what keeps it from reconnecting may keep it from stopping
                _ = End(bus, started);
            }
            catch (OperationCanceledException)
            {
                await over.CancelAsync();
                await End(bus, started);
            }
        }
    }

    private async Task UntilLost(IBusControl bus, CancellationToken ct)
    {
        var healthy = DateTime.UtcNow;
        while (true)
        {
            await Task.Delay(200, ct);
            var away = DateTime.UtcNow - healthy;
            if (bus.CheckHealth().Status == BusHealthStatus.Healthy)
            {
                ready.Set();
                alarms.Clear(Alarm);
                healthy = DateTime.UtcNow;
            }
            else if (away > Grace)
            {
                alarms.Raise(Alarm, "not connected");
                if (away > Patience && await Answers(ct)) return;
            }
        }
    }

    private async Task<bool> Answers(CancellationToken ct)
    {
        try
        {
            await using var connection = await settings.Factory(service + "-listener").CreateConnectionAsync(ct);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Bounded: one that cannot let go is left to itself. What it still handles is fenced by the checkpoint or the inbox.</summary>
    private async Task End(IBusControl bus, Task started)
    {
        using var limit = new CancellationTokenSource(StopPatience);
        try
        {
            await bus.StopAsync(limit.Token).WaitAsync(limit.Token);
            await started;
        }
        catch (Exception e)
        {
            logger.LogInformation("The bus did not stop cleanly: {Error}", e.GetType().Name);
        }
    }
}
