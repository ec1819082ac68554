using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>
/// Fires deadlines when they are due, one instance per database. It fires first and marks then, so a crash between the two
/// fires again; the inbox identity makes that a duplicate. One that fails is tried again, ever more slowly, and alarms.
/// </summary>
public sealed class DeadlineWorker(
    Database database, IEnumerable<DeadlineHandler> handlers, TimeProvider time, Alarms alarms, ILogger<DeadlineWorker> logger) : BackgroundService
{
    private const string Alarm = "deadlines";
    private const int PageSize = 100;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    // below the idle timeout of the leader's session
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, DeadlineHandler> handlers = handlers.ToDictionary(h => h.Kind);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Elected.Run(database, "deadlines", Lead, logger, stoppingToken);

    private async Task Lead(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var due = await Due(connection, ct);
                foreach (var (deadline, attempts) in due) await Fire(connection, deadline, attempts, ct);
                await ShowFailing(connection, ct);
                if (due.Count < PageSize) await Task.Delay(Poll, ct);
            }
        }
        finally
        {
            // whoever leads next says it again
            alarms.Clear(Alarm);
        }
    }

    private async Task Fire(NpgsqlConnection connection, DueDeadline deadline, int attempts, CancellationToken ct)
    {
        try
        {
            var handler = handlers.GetValueOrDefault(deadline.Kind) ?? throw new InvalidOperationException($"nothing handles deadlines of kind {deadline.Kind}");
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            await handler.Fire(deadline, limit.Token).WaitAsync(limit.Token);
            await Mark(connection, deadline, "fired_at = $5, retry_at = null", time.GetUtcNow(), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && connection.State == System.Data.ConnectionState.Open)
        {
            logger.LogWarning("Deadline {Kind} failed for the {Attempt}. time: {Error}", deadline.Kind, attempts + 1, e.GetType().Name);
            var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts), LongestWait.TotalSeconds));
            await Mark(connection, deadline, "attempts = attempts + 1, retry_at = $5", time.GetUtcNow() + wait, ct);
        }
    }

    private async Task<List<(DueDeadline Deadline, int Attempts)>> Due(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select tenant_id, name, stream_id, due_at, attempts from clinic.deadline
            where fired_at is null and greatest(due_at, retry_at) <= $1 order by greatest(due_at, retry_at) limit $2
            """, connection)
        { Parameters = { new() { Value = time.GetUtcNow().UtcDateTime }, new() { Value = PageSize } } };
        var due = new List<(DueDeadline, int)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            due.Add((new DueDeadline(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.Instant(3)), reader.GetInt32(4)));
        return due;
    }

    /// <summary>Not when it was moved meanwhile: then it is another deadline.</summary>
    private static async Task Mark(NpgsqlConnection connection, DueDeadline deadline, string what, DateTimeOffset instant, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Sql.Statement(
            $"update clinic.deadline set {what} where tenant_id = $1 and name = $2 and stream_id = $3 and due_at = $4 and fired_at is null",
            deadline.Tenant, deadline.Name, deadline.Stream, deadline.DueAt, instant));
        await batch.ExecuteNonQueryAsync(ct);
    }

    private async Task ShowFailing(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select count(*), min(due_at) from clinic.deadline where fired_at is null and attempts > 0", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (reader.GetInt64(0) == 0) alarms.Clear(Alarm);
        else alarms.Raise(Alarm, $"{reader.GetInt64(0)} fail and are tried again, the oldest due since {reader.Instant(1):O}");
    }
}
