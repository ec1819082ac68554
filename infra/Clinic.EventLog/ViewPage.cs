using Npgsql;

namespace Clinic.EventLog;

/// <summary>
/// Puts a page of the log into a view in one transaction. An event the view cannot apply takes its stream out, from that
/// event on; everything else of the page goes in.
/// </summary>
internal sealed class ViewPage(Projection projection, IEnumerable<StaleStream> stale)
{
    private readonly Dictionary<(string, string), StaleStream> stale = stale.ToDictionary(s => (s.Tenant, s.Stream));

    /// <summary>Streams the view lacks events of.</summary>
    public IReadOnlyCollection<StaleStream> Stale => stale.Values;

    /// <summary>Writes the page.</summary>
    /// <param name="first">Statements that go before the page's, given the streams it has just taken out.</param>
    /// <param name="route">Which of an event's statements are run, and in what form.</param>
    public async Task Write(
        NpgsqlConnection connection, IReadOnlyList<LoggedEvent> page, Func<IReadOnlyList<StaleStream>, IEnumerable<NpgsqlBatchCommand>> first,
        Func<LoggedEvent, NpgsqlBatchCommand[], IEnumerable<NpgsqlBatchCommand>> route, CancellationToken ct)
    {
        var failed = new List<StaleStream>();
        while (true)
        {
            var owners = new List<(NpgsqlBatchCommand Statement, LoggedEvent Logged)>();
            foreach (var logged in page)
            {
                if (IsTakenOut(logged) || !TryApply(logged, failed, out var statements)) continue;
                foreach (var statement in route(logged, statements)) owners.Add((statement, logged));
            }
            await using var batch = new NpgsqlBatch(connection);
            foreach (var statement in first(failed)) batch.BatchCommands.Add(statement);
            foreach (var (statement, _) in owners) batch.BatchCommands.Add(statement);
            if (batch.BatchCommands.Count == 0) return;
            try
            {
                // a batch without a transaction of its own is one implicit transaction
                await batch.ExecuteNonQueryAsync(ct);
                return;
            }
            catch (PostgresException e) when (IsTheEventsFault(e) && owners.Exists(o => ReferenceEquals(o.Statement, e.BatchCommand)))
            {
                var logged = owners.First(o => ReferenceEquals(o.Statement, e.BatchCommand)).Logged;
                TakeOut(logged, e.ConstraintName is null ? e.SqlState : $"{e.SqlState} {e.ConstraintName}", failed);
            }
        }
    }

    /// <summary>Calls an <paramref name="apply"/> for an event unless its stream is out; takes the stream out when it throws.</summary>
    public void Fold(LoggedEvent logged, Action<LoggedEvent> apply)
    {
        if (IsTakenOut(logged)) return;
        try
        {
            apply(logged);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            TakeOut(logged, e.GetType().Name, []);
        }
    }

    private bool IsTakenOut(LoggedEvent logged) =>
        stale.Count > 0 && stale.TryGetValue((logged.Event.TenantId, logged.Event.StreamKey), out var mark) && logged.Position >= mark.Position;

    private bool TryApply(LoggedEvent logged, List<StaleStream> failed, out NpgsqlBatchCommand[] statements)
    {
        try
        {
            statements = [.. projection.Apply(logged)];
            if (projection.Fold is not null && statements.Any(Deadlines.IsOne)) throw new InvalidOperationException("a fold would not see this deadline");
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            TakeOut(logged, e.GetType().Name, failed);
            statements = [];
            return false;
        }
    }

    private void TakeOut(LoggedEvent logged, string reason, List<StaleStream> failed)
    {
        var mark = new StaleStream(logged.Event.TenantId, logged.Event.StreamKey, logged.Position, reason);
        // a retry of the page may fail at an earlier event of the stream than the first time
        failed.RemoveAll(f => (f.Tenant, f.Stream) == (mark.Tenant, mark.Stream));
        failed.Add(mark);
        stale[(mark.Tenant, mark.Stream)] = mark;
    }

    /// <summary>
    /// Another event would have passed: bad data, a violated constraint, a statement that is wrong. Not: no connection, no disk, no
    /// rights, no table, a deadlock; those stop the view, because marking stream after stream would hide the cause.
    /// </summary>
    private static bool IsTheEventsFault(PostgresException e) => !e.IsTransient
        && e.SqlState is not (PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege)
        && e.SqlState[..2] is "21" or "22" or "23" or "42" or "44" or "P0";
}
