using Clinic.EventLog;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clinic.Messaging;

/// <summary>
/// Keeps a bus running and lets the relay go once its queues and bindings stand. A bus lives as long as its connection: one that would
/// connect a second time, or stays away from a broker that answers, is given up for a new one. MassTransit can stay on a connection
/// that is long dead, or come back with some of its queues, deaf to the others, and call itself healthy (ADR 19).
/// </summary>
internal sealed class Listener(
    Endpoints endpoints, BusSettings settings, string service, BrokerReady ready, Alarms alarms, ILogger<Listener> logger) : BackgroundService
{
    private const string Alarm = "broker";

    /// <summary>Starting and reconnecting take a moment and are no alarm.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Longer than MassTransit needs to connect a second time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    /// <summary>Between two questions to a broker that is away.</summary>
    private static readonly TimeSpan AnswerPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // not disposed: a bus that was given up asks it again
            var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var connection = new OneConnection();
            var bus = endpoints.Create(connection.MayOpen);
            var started = bus.StartAsync(over.Token);
            try
            {
                await UntilLost(bus, connection, stoppingToken);
                logger.LogWarning("The broker answers and the bus is not connected: another bus takes over");
                connection.GiveUp();
                await over.CancelAsync();
                // not waited for: what keeps it from reconnecting may keep it from stopping
                _ = End(bus, started);
            }
            catch (OperationCanceledException)
            {
                connection.GiveUp();
                await over.CancelAsync();
                await End(bus, started);
            }
        }
    }

    private async Task UntilLost(IBusControl bus, OneConnection connection, CancellationToken ct)
    {
        var healthy = DateTime.UtcNow;
        while (true)
        {
            await Task.Delay(200, ct);
            var away = DateTime.UtcNow - healthy;
            if (connection.Lost)
            {
                if (away > Grace) alarms.Raise(Alarm, "not connected");
                if (await Answers(ct)) return;
                await Task.Delay(AnswerPause, ct);
            }
            else if (bus.CheckHealth().Status == BusHealthStatus.Healthy)
            {
                connection.Stands();
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

    /// <summary>May be tried for until everything stands, then never again.</summary>
    private sealed class OneConnection
    {
        private volatile bool stood, over;

        /// <summary>It stood, and the bus wants another.</summary>
        public bool Lost => stood && over;

        public void Stands() => stood = true;

        public void GiveUp() => over = true;

        public bool MayOpen()
        {
            if (stood) over = true;
            return !over;
        }
    }
}
