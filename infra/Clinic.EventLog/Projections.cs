using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>A read model: a pure function from a logged event to the statements that put it into the view's tables.</summary>
/// <param name="Name">Names its checkpoint.</param>
/// <param name="Apply">No statement for events the view does not show.</param>
public sealed record Projection(string Name, Func<LoggedEvent, IEnumerable<NpgsqlBatchCommand>> Apply);

/// <summary>Writes SQL of a view without ceremony.</summary>
public static class Sql
{
    /// <summary>One statement with $1, $2 … parameters; null becomes SQL null.</summary>
    public static NpgsqlBatchCommand Statement(string sql, params object?[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value switch { null => DBNull.Value, DateTimeOffset at => at.UtcDateTime, _ => value } });
        return command;
    }
}

/// <summary>Follows the log for every view; a page's rows and its checkpoint are one transaction, so a crash repeats nothing.</summary>
public sealed class ProjectionHost(
    Database database, EventTypes types, IEnumerable<Projection> projections, Signals signals, Alarms alarms, ILogger<ProjectionHost> logger)
    : BackgroundService
{
    private const int PageSize = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(projections.Select(projection =>
    {
        var signal = signals.Follow();
        return Elected.Run(database, "projection:" + projection.Name, (connection, ct) => Follow(connection, projection, signal, ct), logger, stoppingToken);
    }));

    private async Task Follow(NpgsqlConnection connection, Projection projection, Signal signal, CancellationToken ct)
    {
        var alarm = "projection-" + projection.Name;
        try
        {
            var position = await Checkpoints.Read(connection, projection.Name, ct);
            while (true)
            {
                var page = await LogReader.After(connection, types, position, PageSize, ct);
                if (page.Count == 0)
                {
                    alarms.Clear(alarm);
                    await signal.Wait(Poll, ct);
                    continue;
                }
                position = page[^1].Position;
                await using var batch = new NpgsqlBatch(connection);
                foreach (var statement in page.SelectMany(projection.Apply)) batch.BatchCommands.Add(statement);
                batch.BatchCommands.Add(Checkpoints.Write(projection.Name, position));
                // a batch without a transaction of its own is one implicit transaction
                await batch.ExecuteNonQueryAsync(ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            alarms.Raise(alarm, $"stopped: {e.GetType().Name}");
            throw;
        }
    }
}

/// <summary>How far a follower of the log has come.</summary>
public static class Checkpoints
{
    /// <summary>The last position handled, -1 before the first.</summary>
    public static async Task<long> Read(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select position from clinic.checkpoint where name = $1", connection)
        {
            Parameters = { new() { Value = name } }
        };
        return await command.ExecuteScalarAsync(ct) as long? ?? -1;
    }

    /// <summary>The statement that moves it.</summary>
    public static NpgsqlBatchCommand Write(string name, long position) => Sql.Statement("""
        insert into clinic.checkpoint (name, position) values ($1, $2)
        on conflict (name) do update set position = excluded.position, updated_at = clock_timestamp()
        """, name, position);

    /// <summary>
    /// Waits until a view has passed an event, so that a client reads its own write.
    /// </summary>
    /// <returns>False when it has not within <paramref name="patience"/>, or the event is unknown.</returns>
    public static async Task<bool> Passed(Database database, string name, Guid receipt, TimeSpan patience, CancellationToken ct)
    {
        var until = DateTime.UtcNow + patience;
        await using var connection = await database.Reader.OpenConnectionAsync(ct);
        while (true)
        {
            await using var command = new NpgsqlCommand("""
                select exists (select from clinic.log l join clinic.checkpoint c on c.name = $2 and c.position >= l.position where l.event_id = $1)
                """, connection)
            { Parameters = { new() { Value = receipt }, new() { Value = name } } };
            if ((bool)(await command.ExecuteScalarAsync(ct))!) return true;
            if (DateTime.UtcNow >= until) return false;
            await Task.Delay(10, ct);
        }
    }
}
