using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>A read model: a pure function from a logged event to the statements that put it into the view's tables.</summary>
/// <param name="Name">Names its checkpoint.</param>
/// <param name="Apply">No statement for events the view does not show. The same event must give the same rows whenever it is applied.</param>
public sealed record Projection(string Name, Func<LoggedEvent, IEnumerable<NpgsqlBatchCommand>> Apply)
{
    /// <summary>Its tables in schema <c>views</c>, which nothing else writes: what a rebuild makes anew.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The same view folded in memory, where a rebuild must be faster than its statements. Such a view sets no deadlines.</summary>
    public Func<ViewFold>? Fold { get; init; }
}

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

/// <summary>
/// Follows the log for every view; a page's rows and its checkpoint are one transaction, so a crash repeats nothing. A stream
/// with an event the view cannot apply is marked, and left alone until the view is rebuilt; the others go on.
/// </summary>
public sealed class ProjectionHost(
    Database database, EventTypes types, IEnumerable<Projection> projections, Signals signals, Alarms alarms, ILogger<ProjectionHost> logger)
    : BackgroundService
{
    private const int PageSize = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(projections.Select(projection =>
    {
        var signal = signals.Follow();
        return Elected.Run(database, "projection:" + projection.Name, (connection, ct) => Follow(connection, projection, signal, ct), logger, stoppingToken,
            standBy: () => alarms.Clear("projection-" + projection.Name));
    }));

    private async Task Follow(NpgsqlConnection connection, Projection projection, Signal signal, CancellationToken ct)
    {
        var (alarm, staleAlarm) = ("projection-" + projection.Name, "stale-" + projection.Name);
        try
        {
            var state = await ViewState.Read(connection, projection.Name, ct);
            while (true)
            {
                Show(staleAlarm, state.Stale);
                var page = await LogReader.After(connection, types, state.Position, PageSize, ct);
                if (page.Count > 0)
                {
                    state = await Write(connection, projection, state, page, ct);
                    continue;
                }
                alarms.Clear(alarm);
                // a rebuild may have mended it while nothing else happened
                if (state.Stale.Count > 0) state = await ViewState.Read(connection, projection.Name, ct);
                await signal.Wait(Poll, ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            alarms.Raise(alarm, $"stopped: {e.GetType().Name}");
            throw;
        }
        finally
        {
            // whoever leads next says it again
            alarms.Clear(staleAlarm);
        }
    }

    private static async Task<ViewState> Write(
        NpgsqlConnection connection, Projection projection, ViewState state, List<LoggedEvent> page, CancellationToken ct)
    {
        var view = new ViewPage(projection, state.Stale);
        var next = page[^1].Position;
        try
        {
            await view.Write(connection, page, failed =>
                [Checkpoints.Advance(projection.Name, state, next), .. failed.Select(f => Checkpoints.Mark(projection.Name, f))], (_, statements) => statements, ct);
            return state with { Position = next, Stale = [.. view.Stale] };
        }
        catch (PostgresException e) when (e.SqlState == Checkpoints.Moved)
        {
            return await ViewState.Read(connection, projection.Name, ct);
        }
    }

    private void Show(string alarm, IReadOnlyList<StaleStream> stale)
    {
        if (stale.Count == 0) alarms.Clear(alarm);
        else alarms.Raise(alarm, $"{stale.Count} streams lack events, the first at position {stale.Min(s => s.Position)} ({stale[0].Reason}); mend the cause and rebuild");
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

    /// <summary>SQLSTATE of <see cref="Advance"/> when a rebuild or another host has moved the checkpoint.</summary>
    internal const string Moved = "CL410";

    /// <summary>The statement that moves a view's checkpoint, or fails when it is not where it was read.</summary>
    internal static NpgsqlBatchCommand Advance(string view, ViewState from, long to) =>
        Sql.Statement("select clinic.advance_view($1, $2, $3, $4)", view, from.Position, from.Generation, to);

    /// <summary>The statement that marks a stream as one the view lacks events of.</summary>
    internal static NpgsqlBatchCommand Mark(string view, StaleStream stale) => Sql.Statement(
        "insert into clinic.stale_view (view, tenant_id, stream_id, position, reason) values ($1, $2, $3, $4, $5)",
        view, stale.Tenant, stale.Stream, stale.Position, stale.Reason);

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
