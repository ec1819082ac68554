using Clinic.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.EventLog.Keys;

/// <summary>
/// Keeps this process's keys no older than erasures: it is told of each, forgets all keys and what was read with them, and only
/// then acknowledges. Without contact to the vault it forgets them when their time is over anyway.
/// </summary>
/// <param name="tombstones">Erased subjects as this service's own log has them: told to the vault first, it may be a restored one.</param>
public sealed class KeyWatch(
    KeyVault vault, DataKeys keys, Func<CancellationToken, Task<IReadOnlyCollection<KeyOwner>>> tombstones, Alarms alarms, ILogger<KeyWatch> logger) : BackgroundService
{
    private const string Alarm = "key-store";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        keys.IsOpen = false;
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long forgotten = -1;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!keys.IsOpen) await Open(stoppingToken);
                await using var connection = await vault.Listen(stoppingToken);
                while (true)
                {
                    var newest = await vault.Watch(Math.Max(forgotten, 0), stoppingToken);
                    if (newest != forgotten)
                    {
                        keys.Drop();
                        forgotten = newest;
                        continue;
                    }
                    alarms.Clear(Alarm);
                    keys.Expire();
                    await connection.WaitAsync(Beat, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                alarms.Raise(Alarm, $"personal data cannot be read: {(e is PersonalDataUnavailableException { InnerException: { } cause } ? cause : e).GetType().Name}");
                logger.LogWarning("The key store does not answer: {Error}", e is NpgsqlException n ? n.SqlState ?? n.GetType().Name : e.GetType().Name);
                // keys stay usable for their time; folded states know no time, so they go at once
                keys.Forget();
                await Task.Delay(Retry, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None);
            }
        }
        try
        {
            using var short_ = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            keys.Drop();
            await vault.Leave(short_.Token);
        }
        catch (Exception e) when (e is PersonalDataUnavailableException or OperationCanceledException)
        {
            // its time in the table of instances runs out
        }
    }

    private async Task Open(CancellationToken ct)
    {
        var erased = await tombstones(ct);
        if (erased.Count > 0)
        {
            await vault.BeginErasure(erased, ct);
            await vault.FinishErasure(erased, ct);
        }
        keys.IsOpen = true;
    }
}
