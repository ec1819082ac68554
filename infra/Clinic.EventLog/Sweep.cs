using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>
/// Looks for events that have no position and wait for none, and for a queue that nobody drains. An append writes event and queue
/// row together, so an event without either was not appended by a service, or its queue row was taken away.
/// </summary>
/// <param name="every">How often the newest events are looked at; all of them once an hour.</param>
public sealed class Sweep(Database database, Alarms alarms, TimeProvider time, ILogger<Sweep> logger, TimeSpan? every = null) : BackgroundService
{
    /// <summary>There are events that no proof will ever cover.</summary>
    public const string Unlogged = "event-unlogged";

    /// <summary>Committed events wait too long for their position.</summary>
    public const string Waiting = "sequencer-stopped";

    /// <summary>Numbers behind the newest that every look covers.</summary>
    private const long Newest = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan All = TimeSpan.FromHours(1);
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(2);

    private readonly TimeSpan often = every ?? TimeSpan.FromSeconds(20);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Elected.Run(database, "sweep", Lead, logger, stoppingToken, standBy: () =>
    {
        alarms.Clear(Unlogged);
        alarms.Clear(Waiting);
    });

    private async Task Lead(NpgsqlConnection connection, CancellationToken ct)
    {
        var all = DateTimeOffset.MinValue;
        var next = DateTimeOffset.MinValue;
        while (true)
        {
            var now = time.GetUtcNow();
            if (now >= next)
            {
                next = now + often;
                var everything = now - all >= All;
                if (everything) all = now;
                await Look(connection, everything, ct);
            }
            else
            {
                // an idle session would lose the lead
                await using var alive = new NpgsqlCommand("select 1", connection);
                await alive.ExecuteScalarAsync(ct);
            }
            await Task.Delay(often < Alive ? often : Alive, time, ct);
        }
    }

    private async Task Look(NpgsqlConnection connection, bool everything, CancellationToken ct)
    {
        // one statement, one snapshot: what is being sequenced now is in the queue or in the log of it, never in neither
        await using var command = new NpgsqlCommand("""
            with newest as (select case when $1 then -9223372036854775808 else coalesce(max(seq_id), 0) - $2 end as from_seq from public.mt_events),
            lost as (
                select e.seq_id, e.id from public.mt_events e, newest
                where e.seq_id > newest.from_seq and not exists (select from clinic.log l where l.seq_id = e.seq_id)
                    and not exists (select from clinic.log_queue q where q.seq_id = e.seq_id)
                order by e.seq_id limit 1000)
            select (select count(*) from lost), (select id from lost order by seq_id limit 1),
                (select count(*) from clinic.log_queue q join public.mt_events e on e.seq_id = q.seq_id where e.timestamp < $3)
            """, connection)
        { CommandTimeout = 60, Parameters = { new() { Value = everything }, new() { Value = Newest }, new() { Value = (time.GetUtcNow() - Patience).UtcDateTime } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (lost, waiting) = (reader.GetInt64(0), reader.GetInt64(2));
        if (lost > 0) alarms.Raise(Unlogged, $"{lost} events are in no log and wait for none, the first is {reader.GetGuid(1)}: inserted by hand, or their queue rows were deleted");
        // what only a look at everything finds stays until the next one
        else if (everything) alarms.Clear(Unlogged);
        if (waiting > 0) alarms.Raise(Waiting, $"{waiting} events have waited for their position for more than a minute");
        else alarms.Clear(Waiting);
    }
}
