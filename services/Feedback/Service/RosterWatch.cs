using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service;

/// <summary>
/// An hour in which nobody is on call shows in health while it can still be filled: for every clinic that keeps a roster, the first
/// level is looked at so many hours ahead. A clinic that keeps none has its alerts go to the address book's own entry.
/// </summary>
internal sealed class RosterWatch(Database database, FeedbackPolicy policy, TimeProvider time, Alarms alarms, ILogger<RosterWatch> logger) : BackgroundService
{
    private const string Alarm = "on-call";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Npgsql.NpgsqlException e)
            {
                // the database's own health says so
                logger.LogWarning("The roster could not be read: {Error}", e.GetType().Name);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Look(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var gaps = new List<string>();
        foreach (var clinic in (await Duties(ct)).GroupBy(duty => duty.Tenant))
            if (OnCallRoster.FirstGap(clinic.Select(duty => (duty.From, duty.To)), now, now.AddHours(policy.RosterHorizonHours)) is { } gap)
                gaps.Add($"{clinic.Key}: nobody from {gap:yyyy-MM-dd'T'HH:mm'Z'} on");
        if (gaps.Count == 0) alarms.Clear(Alarm);
        else alarms.Raise(Alarm, string.Join("; ", gaps));
    }

    private async Task<List<(string Tenant, DateTimeOffset From, DateTimeOffset To)>> Duties(CancellationToken ct)
    {
        await using var command = database.Worker.CreateCommand("select tenant_id, starts_at, ends_at from views.on_call where level = 1 order by tenant_id, starts_at");
        var duties = new List<(string, DateTimeOffset, DateTimeOffset)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) duties.Add((reader.GetString(0), reader.Instant(1), reader.Instant(2)));
        return duties;
    }
}
