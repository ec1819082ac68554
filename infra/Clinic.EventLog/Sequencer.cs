using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.EventLog;

/// <summary>
/// Gives every committed event its position (decision 3): one leader per database drains the queue in <c>seq_id</c> order.
/// The poll is for events other instances append; this instance's own appends signal.
/// </summary>
public sealed class Sequencer(Database database, EventSeal seal, Signals signals, Alarms alarms, ILogger<Sequencer> logger) : BackgroundService
{
    private const int PageSize = 1000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Between two pages under load: each costs a commit, which appends wait for.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Below a thousand events a second a reader's wait is worth more than the commits saved.</summary>
    private const int Many = 100;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Elected.Run(database, "sequencer", Lead, logger, stoppingToken);

    private async Task Lead(NpgsqlConnection connection, CancellationToken ct)
    {
        var size = await Size(connection, ct);
        var held = new List<long>();
        var (underLoad, events, since) = (false, 0, Stopwatch.GetTimestamp());
        while (true)
        {
            var page = await Queued(connection, held, ct);
            if (page.Count == 0)
            {
                await signals.Appended.Wait(Poll, ct);
                continue;
            }
            foreach (var entry in page.Where(entry => !seal.MacHolds(entry.Seal)))
            {
                // a forged event keeps its place, so that history stays whole; its stream stops being believed
                await Quarantine(connection, entry, "mac", ct);
                alarms.Raise("bad-mac", $"event {entry.EventId} was not sealed by this service; its stream is quarantined");
            }
            try
            {
                size = await Assign(connection, size, page, ct)
                    ?? throw Second();
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                var repeated = await Repeated(connection, page, ct);
                if (repeated.Count == 0) throw;
                foreach (var entry in repeated)
                {
                    // two events with one id cannot both be found by it: the later one waits in the queue for an operator
                    await Quarantine(connection, entry, "repeated-id", ct);
                    alarms.Raise("repeated-event-id", $"event {entry.EventId} is in the log already; its namesake's stream is quarantined");
                    held.Add(entry.SeqId);
                }
                continue;
            }
            signals.LogGrew();
            events += page.Count;
            if (Stopwatch.GetElapsedTime(since) >= Window) (underLoad, events, since) = (events > Many, 0, Stopwatch.GetTimestamp());
            if (underLoad && page.Count < PageSize) await Task.Delay(Pause, ct);
        }
    }

    /// <summary>We hold the lead in this very session, so whoever moved the head does not belong to this service.</summary>
    private InvalidOperationException Second()
    {
        alarms.Raise("second-writer", "somebody else has moved the log's head while this process led");
        return new InvalidOperationException("another sequencer has moved the log's head");
    }

    private static async Task<long> Size(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select size from clinic.log_head", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<List<Entry>> Queued(NpgsqlConnection connection, List<long> held, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select seq_id, event_id, event_hash, mac, mac_key from clinic.log_queue where not seq_id = any ($2) order by seq_id limit $1", connection)
        {
            Parameters = { new() { Value = PageSize }, new() { Value = held.ToArray() } }
        };
        await command.PrepareAsync(ct);
        var page = new List<Entry>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(new Entry(reader.GetInt64(0), reader.GetGuid(1),
                new Seal(reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3), reader.GetString(4))));
        return page;
    }

    private static async Task<long?> Assign(NpgsqlConnection connection, long size, List<Entry> page, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select clinic.assign_positions($1, $2)", connection)
        {
            Parameters =
            {
                new() { Value = size },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = page.Select(entry => entry.SeqId).ToArray() }
            }
        };
        await command.PrepareAsync(ct);
        return await command.ExecuteScalarAsync(ct) as long?;
    }

    /// <summary>The entries of a page whose event id the log has, or an earlier entry of the page.</summary>
    private static async Task<List<Entry>> Repeated(NpgsqlConnection connection, List<Entry> page, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select event_id from clinic.log where event_id = any ($1)", connection)
        { Parameters = { new() { Value = page.Select(entry => entry.EventId).ToArray() } } };
        var seen = new HashSet<Guid>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) seen.Add(reader.GetGuid(0));
        return page.Where(entry => !seen.Add(entry.EventId)).ToList();
    }

    private static async Task Quarantine(NpgsqlConnection connection, Entry entry, string reason, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            insert into clinic.quarantine (tenant_id, stream_id, event_id, reason)
            select tenant_id, stream_id, id, $2 from public.mt_events where seq_id = $1 on conflict do nothing
            """, connection)
        { Parameters = { new() { Value = entry.SeqId }, new() { Value = reason } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Entry(long SeqId, Guid EventId, Seal Seal);
}
