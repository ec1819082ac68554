using System.Diagnostics;
using Clinic.EventLog;
using Clinic.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.Hosting.Access;

/// <summary>
/// Looks for changed access facts in every instance, whichever one applied them: the log's positions say what is new, so nothing
/// that was committed is missed.
/// </summary>
internal sealed class AccessWatch(Database database, AccessFacts facts, AccessOwner owner, Signals signals, ILogger<AccessWatch> logger) : BackgroundService
{
    private const string Changed = """
        select l.position, e.tenant_id, e.stream_id from clinic.log l join public.mt_events e on e.seq_id = l.seq_id
        where l.position > $1 and (e.stream_id like 'relationships-%' or e.stream_id like 'subject-%') and l.position <= $2
        """;

    private readonly Signal grown = signals.Follow();
    private long seen = -1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // a watch that ended would end the service with it; kept facts are no longer believed a little later
                logger.LogWarning("Access facts cannot be watched: {Error}", e.GetType().Name);
            }
            await grown.Wait(AccessFacts.WatchEvery, stoppingToken);
            // under load the log grows all the time; a fact may be so late
            await Task.Delay(TimeSpan.FromMilliseconds(50), stoppingToken);
        }
    }

    private async Task Look(CancellationToken ct)
    {
        var at = Stopwatch.GetTimestamp();
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        var head = await Head(connection, ct);
        if (seen >= 0 && head > seen) facts.Forget(await ChangedSince(connection, head, ct));
        seen = head;
        facts.Watched = at;
        if (owner.Producer is { } producer) facts.Hear(await Freshness.Of(database, producer, ct));
    }

    private static async Task<long> Head(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select size from clinic.log_head", connection);
        return (long)(await command.ExecuteScalarAsync(ct))! - 1;
    }

    private async Task<List<(string, string)>> ChangedSince(NpgsqlConnection connection, long head, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Changed, connection) { Parameters = { new() { Value = seen }, new() { Value = head } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var changed = new List<(string, string)>();
        while (await reader.ReadAsync(ct)) changed.Add((reader.GetString(1), reader.GetString(2)));
        return changed;
    }
}
