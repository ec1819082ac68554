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
        var until = now.AddHours(policy.RosterHorizonHours);
        foreach (var clinic in (await Duties(now, until, ct)).GroupBy(duty => duty.Tenant))
            if (OnCallRoster.FirstGap(clinic.Where(duty => duty.From is not null).Select(duty => (duty.From!.Value, duty.To!.Value)), now, until) is { } gap)
                gaps.Add($"{clinic.Key}: nobody from {gap:yyyy-MM-dd'T'HH:mm'Z'} on");
        if (gaps.Count == 0) alarms.Clear(Alarm);
        else alarms.Raise(Alarm, string.Join("; ", gaps));
    }

    /// <summary>First-level duties that touch the time ahead, and one row without a duty for a clinic that has none there.</summary>
    private async Task<List<(string Tenant, DateTimeOffset? From, DateTimeOffset? To)>> Duties(DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        // the index by clinic and end is walked clinic by clinic: duties of past years cost nothing
        await using var command = database.Worker.CreateCommand("""
            with recursive clinic (tenant_id) as (
                select min(tenant_id) from views.on_call
                union all
                select (select min(o.tenant_id) from views.on_call o where o.tenant_id > c.tenant_id) from clinic c where c.tenant_id is not null)
            select c.tenant_id, o.starts_at, o.ends_at
            from clinic c left join views.on_call o on o.tenant_id = c.tenant_id and o.level = 1 and o.ends_at > $1 and o.starts_at < $2
            where c.tenant_id is not null order by c.tenant_id, o.starts_at
            """);
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        command.Parameters.Add(new() { Value = until.UtcDateTime });
        var duties = new List<(string, DateTimeOffset?, DateTimeOffset?)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            duties.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.Instant(1), reader.IsDBNull(2) ? null : reader.Instant(2)));
        return duties;
    }
}
