using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>
/// Looks for events that have no position and wait for none, and for a queue that nobody drains. An append writes event and queue
/// row together, so an event without either was not appended by a service, or its queue row was taken away.
/// </summary>
/// <param name="every">How often the newest events are looked at; all of them once an hour.</param>
/// <param name="page">Numbers behind the newest that every look covers; also how many events the hourly one takes at a time.</param>
public sealed class Sweep(Database database, Alarms alarms, TimeProvider time, ILogger<Sweep> logger, TimeSpan? every = null, int page = 100_000) : BackgroundService
{
    /// <summary>There are events that no proof will ever cover.</summary>
    public const string Unlogged = "event-unlogged";

    /// <summary>Committed events wait too long for their position.</summary>
    public const string Waiting = "sequencer-stopped";

    /// <summary>
    /// Events between two numbers that are in neither log nor queue: one statement, one snapshot, so that what is being sequenced
    /// now is in one of them. Both bounds are parameters, and stand at both tables, so that each is read through its index.
    /// </summary>
    private const string Lost = """
        select count(*), (array_agg(e.id order by e.seq_id))[1] from public.mt_events e
        where e.seq_id between $1 and $2
            and not exists (select from clinic.log l where l.seq_id = e.seq_id and l.seq_id between $1 and $2)
            and not exists (select from clinic.log_queue q where q.seq_id = e.seq_id)
        """;

    /// <summary>Of the oldest only: a queue that stands still may be as long as the log.</summary>
    private const string Late = """
        select count(*) from (select seq_id from clinic.log_queue order by seq_id limit 10000) q join public.mt_events e on e.seq_id = q.seq_id where e.timestamp < $1
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan All = TimeSpan.FromHours(1);
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(2);

    /// <summary>Between two pages of the hourly look, so that it takes no more than its share of the disk.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan often = every ?? TimeSpan.FromSeconds(20);

    // kept when the lead is lost and won again: a look that fails must not begin everything anew, every time
    private DateTimeOffset next = DateTimeOffset.MinValue;
    private DateTimeOffset all = DateTimeOffset.MinValue;
    private (long From, long Lost, Guid? First)? walk;
    private string? found;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Elected.Run(database, "sweep", Lead, logger, stoppingToken, standBy: () =>
    {
        alarms.Clear(Unlogged);
        alarms.Clear(Waiting);
    });

    private async Task Lead(NpgsqlConnection connection, CancellationToken ct)
    {
        // what only the hourly look finds stays until the next one
        if (found is not null) alarms.Raise(Unlogged, found);
        while (true)
        {
            var now = time.GetUtcNow();
            if (now >= next)
            {
                next = now + often;
                await LookAtTheNewest(connection, ct);
            }
            if (walk is null && now - all >= All) (all, walk) = (now, (long.MinValue, 0, null));
            if (walk is { } at) await Walk(connection, at, ct);
            else
            {
                // an idle session would lose the lead
                await using var alive = new NpgsqlCommand("select 1", connection);
                await alive.ExecuteScalarAsync(ct);
            }
            await Task.Delay(walk is null ? (often < Alive ? often : Alive) : Breath, time, ct);
        }
    }

    private async Task LookAtTheNewest(NpgsqlConnection connection, CancellationToken ct)
    {
        var newest = await One(connection, "select max(seq_id) from public.mt_events", ct) as long? ?? 0;
        var (lost, first) = await Look(connection, newest - page, long.MaxValue, ct);
        if (lost > 0) alarms.Raise(Unlogged, Say(lost, first));
        var waiting = (long)(await One(connection, Late, ct, (time.GetUtcNow() - Patience).UtcDateTime))!;
        if (waiting > 0) alarms.Raise(Waiting, $"{waiting} events have waited for their position for more than a minute");
        else alarms.Clear(Waiting);
    }

    /// <summary>One page of everything. It ends where its last event stands, as numbers may have gaps of any size.</summary>
    private async Task Walk(NpgsqlConnection connection, (long From, long Lost, Guid? First) at, CancellationToken ct)
    {
        var end = await One(connection, "select seq_id from public.mt_events where seq_id >= $1 order by seq_id offset $2 limit 1", ct, at.From, (long)page) as long?;
        var (lost, first) = await Look(connection, at.From, end - 1 ?? long.MaxValue, ct);
        at = (end ?? 0, at.Lost + lost, at.First ?? first);
        if (at.Lost > 0) alarms.Raise(Unlogged, Say(at.Lost, at.First));
        walk = end is null ? null : at;
        if (end is not null) return;
        found = at.Lost > 0 ? Say(at.Lost, at.First) : null;
        if (found is null) alarms.Clear(Unlogged);
    }

    private static string Say(long lost, Guid? first) => $"{lost} events are in no log and wait for none, the first is {first}: inserted by hand, or their queue rows were deleted";

    private static async Task<(long Lost, Guid? First)> Look(NpgsqlConnection connection, long from, long to, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Lost, connection) { CommandTimeout = 60, Parameters = { new() { Value = from }, new() { Value = to } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetGuid(1));
    }

    private static async Task<object?> One(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteScalarAsync(ct);
    }
}
