using Npgsql;

namespace Clinic.EventLog;

/// <summary>What a rebuild did.</summary>
/// <param name="Position">Where the view stands now.</param>
/// <param name="Events">Events read.</param>
/// <param name="Stale">Streams that still hold an event the view cannot apply.</param>
public sealed record RebuildReport(string View, long Position, long Events, IReadOnlyList<StaleStream> Stale);

/// <summary>
/// Makes a view anew from the log, beside the one in use, and swaps the two in one short transaction. The live projection may
/// run meanwhile: it finds its checkpoint moved and goes on from there. Publishes nothing.
/// </summary>
public sealed partial class Rebuild : IAsyncDisposable
{
    private const int PageSize = 1000;
    private const int SwapAttempts = 10;

    private readonly EventTypes types;
    private readonly Projection projection;
    private readonly NpgsqlConnection owner;
    private readonly NpgsqlConnection writer;
    private readonly ViewTables tables;
    private readonly ViewRouting routing;

    /// <summary>Deadlines are no table of the view: what the live projection has set or cleared must not happen again.</summary>
    private readonly SortedDictionary<long, (LoggedEvent Logged, NpgsqlBatchCommand[] Statements)> deadlines = [];
    private ViewState live = new(-1, 0, []);
    private ViewPage view;
    private long position = -1;
    private bool atRest;

    private Rebuild(MigrationTarget target, EventTypes types, Projection projection)
    {
        (this.types, this.projection) = (types, projection);
        var settings = new NpgsqlConnectionStringBuilder(target.SuperuserConnection)
        {
            Database = target.Database,
            Pooling = false,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            CommandTimeout = 0,
            IncludeFailedBatchedCommand = true
        };
        // events in position order as the indexes give them: the planner would sort them on disk first
        settings.Options = "-c enable_hashjoin=off -c enable_mergejoin=off -c enable_sort=off -c max_parallel_workers_per_gather=0";
        owner = new NpgsqlConnection(settings.ConnectionString);
        // the tables start empty: a plan made then must not stay
        settings.Options = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c synchronous_commit=off";
        writer = new NpgsqlConnection(settings.ConnectionString);
        tables = new ViewTables(owner, projection.Tables);
        view = new ViewPage(projection, []);
        routing = new ViewRouting(projection, ViewTables.Next);
    }

    /// <summary>Rebuilds one view of one service.</summary>
    /// <param name="target">The service's database; the superuser acts as its owner.</param>
    /// <exception cref="InvalidOperationException">
    /// It is being rebuilt already, it writes a table it does not name, or a copy would not have the table's rights. Nothing has changed.
    /// </exception>
    public static async Task<RebuildReport> Run(MigrationTarget target, EventTypes types, Projection projection, CancellationToken ct = default)
    {
        await using var rebuild = new Rebuild(target, types, projection);
        await rebuild.Open(target, ct);
        await rebuild.Make(ct);
        return await rebuild.TakePlace(ct);
    }

    private async Task Open(MigrationTarget target, CancellationToken ct)
    {
        foreach (var connection in new[] { owner, writer })
        {
            await connection.OpenAsync(ct);
            await Execute(connection, $"set role {target.Service}_owner", ct);
        }
    }

    private async Task Make(CancellationToken ct)
    {
        await using (var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtext('clinic.rebuild'), hashtext($1))", owner)
        { Parameters = { new() { Value = projection.Name } } })
            if (!(bool)(await command.ExecuteScalarAsync(ct))!) throw new InvalidOperationException($"{projection.Name} is being rebuilt already");

        live = await ViewState.Read(owner, projection.Name, ct);
        await tables.Create(ct);
        if (projection.Fold is null || !await TryFold(ct))
        {
            await tables.AddIndexes(ct);
            await CatchUp(await Head(ct), ct);
        }
        await tables.Finish(ct);
    }

    private async Task<RebuildReport> TakePlace(CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            // the events of the meantime, so that the live projection hardly waits
            await CatchUp(await Head(ct), ct);
            try
            {
                return await Swap(ct);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && attempt < SwapAttempts)
            {
                // somebody reads the view for long; give way rather than let everybody else queue up behind us
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
        }
    }

    /// <summary>One pass through the log in memory, then one COPY. False when a table refuses the rows: then event by event.</summary>
    private async Task<bool> TryFold(CancellationToken ct)
    {
        var fold = projection.Fold!();
        Action<LoggedEvent> apply = fold.Apply;
        var head = await Head(ct);
        while (position < head)
        {
            // in stretches, because a snapshot held for long keeps the sequencer's queue from being vacuumed
            var to = Math.Min(head, position + 50 * PageSize);
            await foreach (var logged in LogReader.Between(owner, types, position, to, ct)) view.Fold(logged, apply);
            position = to;
        }
        try
        {
            await fold.CopyInto(writer, ViewTables.Next, ct);
            await tables.AddIndexes(ct);
            return true;
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("22", StringComparison.Ordinal) || e.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            await tables.Create(ct);
            (position, view) = (-1, new ViewPage(projection, []));
            return false;
        }
    }

    private async Task CatchUp(long to, CancellationToken ct)
    {
        var next = Page(to);
        while (await next is { Count: > 0 } page)
        {
            position = page[^1].Position;
            next = Page(to);
            await view.Write(writer, page, _ => [], Route, ct);
        }
        position = Math.Max(position, to);

        async Task<List<LoggedEvent>> Page(long upTo) =>
            position >= upTo ? [] : await LogReader.After(owner, types, position, (int)Math.Min(PageSize, upTo - position), ct);
    }

    /// <summary>The same statements, on the tables being built.</summary>
    private IEnumerable<NpgsqlBatchCommand> Route(LoggedEvent logged, NpgsqlBatchCommand[] statements)
    {
        var others = statements.Where(Deadlines.IsOne).ToArray();
        if (others.Length > 0 && (logged.Position > live.Position || live.Stale.Any(s => Lacks(s, logged)))) deadlines[logged.Position] = (logged, others);
        return statements.Except(others).Select(routing.Route);
    }

    private async Task<RebuildReport> Swap(CancellationToken ct)
    {
        await using var transaction = await owner.BeginTransactionAsync(ct);
        await Execute(owner, "set local lock_timeout = '2s'; set local synchronous_commit = on", ct);
        var before = await Fence(ct);
        await CatchUp(before.Position, ct);

        await tables.Swap(ct);
        await using var batch = new NpgsqlBatch(owner);
        batch.BatchCommands.Add(Sql.Statement("delete from clinic.stale_view where view = $1", projection.Name));
        foreach (var stale in view.Stale) batch.BatchCommands.Add(Checkpoints.Mark(projection.Name, stale));
        foreach (var (logged, statements) in deadlines.Values)
            if (!view.Stale.Any(s => Lacks(s, logged)) && (logged.Position > before.Position || before.Stale.Any(s => Lacks(s, logged))))
                foreach (var statement in statements) batch.BatchCommands.Add(statement);
        batch.BatchCommands.Add(Sql.Statement(
            "update clinic.checkpoint set position = $2, generation = generation + 1, updated_at = clock_timestamp() where name = $1", projection.Name, position));
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return new RebuildReport(projection.Name, position, position + 1, [.. view.Stale]);
    }

    /// <summary>The live projection takes this row before it touches the tables, and so do we.</summary>
    private async Task<ViewState> Fence(CancellationToken ct)
    {
        await using (var fence = new NpgsqlCommand("""
            insert into clinic.checkpoint (name, position) values ($1, -1) on conflict (name) do update set updated_at = clock_timestamp()
            """, owner)
        { Parameters = { new() { Value = projection.Name } } })
            await fence.ExecuteNonQueryAsync(ct);
        return await ViewState.Read(owner, projection.Name, ct);
    }

    private static bool Lacks(StaleStream stale, LoggedEvent logged) =>
        (stale.Tenant, stale.Stream) == (logged.Event.TenantId, logged.Event.StreamKey) && logged.Position >= stale.Position;

    private async Task<long> Head(CancellationToken ct)
    {
        if (atRest) return live.Position;
        await using var command = new NpgsqlCommand("select size - 1 from clinic.log_head", owner);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await owner.DisposeAsync();
        await writer.DisposeAsync();
    }
}
