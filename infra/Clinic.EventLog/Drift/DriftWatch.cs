using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.EventLog.Drift;

/// <summary>
/// Folds every view once more beside the one in use and compares the two, a few rows at a time and without end: what was written
/// since the last look first, and the rest in turn. Live rows and the view's position are read in one snapshot, and the shadow is
/// folded to that position before it is compared, so what the projection writes meanwhile is no drift. A row that differs is
/// looked at again while the projection stands still; then it is an alarm, goes on record, and is made what the log says.
/// </summary>
/// <param name="types">Without keys: a view holds what is encrypted as it is.</param>
/// <param name="every">Between two looks; each costs at most <see cref="EventsALook"/> events and <see cref="DriftSample.Most"/> rows a table.</param>
/// <param name="stands">How long the alarm stays after the last row was repaired, so that somebody sees it.</param>
/// <param name="tidies">How often the copies are vacuumed and frozen: the server's own vacuum cannot, and what is never frozen ends the server one day.</param>
public sealed class DriftWatch(
    Database database, EventTypes types, IEnumerable<Projection> projections, IDriftRecords records, Alarms alarms, TimeProvider time, ILogger<DriftWatch> logger,
    TimeSpan? every = null, TimeSpan? stands = null, TimeSpan? tidies = null) : BackgroundService
{
    /// <summary>Most events folded in one look; a service that begins catches up with its log at this pace.</summary>
    public const int EventsALook = 2000;

    /// <summary>Most tables looked at because something was written to them.</summary>
    private const int TablesALook = 6;
    private const int PageSize = 500;

    private readonly TimeSpan often = every ?? TimeSpan.FromSeconds(2);
    private readonly TimeSpan visible = stands ?? TimeSpan.FromSeconds(15);
    private readonly TimeSpan tidy = tidies ?? TimeSpan.FromHours(1);
    private readonly Dictionary<string, DateTimeOffset> raised = [];

    /// <summary>The alarm of a view whose rows were not what the log makes.</summary>
    public static string Alarm(string view) => "drift-" + view;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Elected.Run(database, "drift", Lead, logger, stoppingToken, standBy: () =>
    {
        foreach (var view in raised.Keys) alarms.Clear(Alarm(view));
        raised.Clear();
    });

    private async Task Lead(NpgsqlConnection session, CancellationToken ct)
    {
        await Execute(session, "set timezone to 'UTC'", ct);
        var views = projections.Where(projection => projection.Tables.Count > 0).Select(projection => new ShadowView(projection)).ToList();
        foreach (var view in views) await view.Begin(session, ct);
        var tidied = time.GetUtcNow();
        for (var turn = 0; ; turn++)
        {
            if (time.GetUtcNow() - tidied >= tidy)
            {
                foreach (var view in views) await view.Tidy(session, ct);
                tidied = time.GetUtcNow();
            }
            var (samples, others) = await See(views, turn, ct);
            foreach (var view in others) await view.Begin(session, ct);
            await Fold(session, views, EventsALook, ct);
            foreach (var sample in samples.Where(sample => sample.View.Comparable && sample.View.Position == sample.Position))
                if (await sample.Compare(session, ct) is { Count: > 0 } keys) await Confirm(session, sample.View, sample.Table, keys, ct);
            foreach (var (view, at) in raised.ToList())
                if (time.GetUtcNow() - at >= visible && raised.Remove(view)) alarms.Clear(Alarm(view));
            await Task.Delay(often, time, ct);
        }
    }

    /// <summary>What the views show now: positions and rows of one snapshot, which is given up at once; and views that are other ones than before.</summary>
    private async Task<(List<DriftSample> Samples, List<ShadowView> Others)> See(List<ShadowView> views, int turn, CancellationToken ct)
    {
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        // no table changes its shape, or is swapped by a rebuild, until we are done; before the snapshot, so that it sees what is
        await Execute(connection, $"lock table {string.Join(", ", views.SelectMany(view => view.TableNames).Select(table => "views." + table))} in access share mode", ct);
        await Execute(connection, "set local timezone to 'UTC'", ct);
        var (shapes, writes, others) = (await ShadowTable.Shapes(connection, ct), await Writes(connection, ct), new List<ShadowView>());
        foreach (var view in views)
        {
            var before = view.Seen.Generation;
            view.See(await ViewState.Read(connection, view.Name, ct));
            if ((before >= 0 && before != view.Seen.Generation) || view.Tables.Exists(table => shapes.GetValueOrDefault(table.Name) != table.Shape)) others.Add(view);
        }
        // what is too far behind to be compared in this look costs nothing
        var near = views.Except(others).Where(view => view.Seen.Position - view.Position <= PageSize).SelectMany(view => view.Tables.Select(table => (View: view, Table: table))).ToList();
        var samples = new List<DriftSample>();
        if (near.Count == 0) return (samples, others);
        // in turn, so that what is always written does not keep the others out
        near = [.. near.Skip(turn % near.Count), .. near.Take(turn % near.Count)];
        foreach (var (view, table) in near.Skip(1).Where(at => writes.GetValueOrDefault(at.Table.Name) != at.Table.Writes).Take(TablesALook).Prepend(near[0]))
            samples.AddRange(await DriftSample.Take(connection, view, table, writes.GetValueOrDefault(table.Name), ct));
        return (samples, others);
    }

    /// <summary>Brings the shadows to where their views were seen, each page of the log read once for all that stand at one place.</summary>
    private async Task Fold(NpgsqlConnection session, List<ShadowView> views, int most, CancellationToken ct)
    {
        // an idle session would lose the lead
        await Execute(session, "select 1", ct);
        while (most > 0 && views.Where(view => view.Position < view.Seen.Position).ToList() is { Count: > 0 } behind)
        {
            var from = behind.Min(view => view.Position);
            var together = behind.Where(view => view.Position == from).ToList();
            var to = together.Min(view => view.Seen.Position);
            var page = await LogReader.After(session, types, from, (int)Math.Min(Math.Min(PageSize, most), to - from), ct);
            if (page.Count == 0) return;
            foreach (var view in together) await view.Apply(session, page, ct);
            most -= page.Count;
        }
    }

    /// <summary>Looks again while the projection cannot write; what still differs is drift.</summary>
    private async Task Confirm(NpgsqlConnection session, ShadowView view, ShadowTable table, IReadOnlyCollection<string[]> keys, CancellationToken ct)
    {
        if (await Mend(session, view, table, keys, repair: false, ct) is not { Count: > 0 } found) return;
        var rows = found.Sum(f => f.Changed + f.Missing + f.Added);
        raised[view.Name] = time.GetUtcNow();
        alarms.Raise(Alarm(view.Name), $"{rows} rows of {table.Name} were not what the log makes at position {view.Position}");
        foreach (var one in found.Where(f => f.Tenant.Length > 0)) await records.Found(one, ct);
        var mended = await Mend(session, view, table, keys, repair: true, ct);
        logger.LogWarning("{Rows} rows of {Table} were made what the log says", mended.Sum(f => f.Changed + f.Missing + f.Added), table.Name);
        foreach (var one in mended.Where(f => f.Tenant.Length > 0)) await records.Repaired(one, ct);
    }

    private async Task<List<DriftFound>> Mend(NpgsqlConnection session, ShadowView view, ShadowTable table, IReadOnlyCollection<string[]> keys, bool repair, CancellationToken ct)
    {
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Execute(connection, "set local timezone to 'UTC'; set local lock_timeout to '3s'", ct);
        // whoever holds this row writes the view
        await using (var fence = new NpgsqlCommand("select 1 from clinic.checkpoint where name = $1 for update", connection) { Parameters = { new() { Value = view.Name } } })
            await fence.ExecuteScalarAsync(ct);
        var state = await ViewState.Read(connection, view.Name, ct);
        if (state.Generation != view.Seen.Generation || (await ShadowTable.Shapes(connection, ct)).GetValueOrDefault(table.Name) != table.Shape) return [];
        view.See(state);
        await Fold(session, [view], EventsALook, ct);
        if (!view.Comparable) return [];
        var right = (await table.At(session, "pg_temp", keys, ct)).ToDictionary(row => row.Name);
        var shown = (await table.At(connection, "views", keys, ct)).ToDictionary(row => row.Name);
        ViewRow? Right(string[] key) => right.GetValueOrDefault(ViewRow.NameOf(key));
        ViewRow? Shown(string[] key) => shown.GetValueOrDefault(ViewRow.NameOf(key));
        var wrong = keys.DistinctBy(ViewRow.NameOf).Where(key => Right(key) is { } made ? !made.Is(Shown(key)) : Shown(key) is not null).ToList();
        if (repair && wrong.Count > 0)
        {
            await table.Mend(connection, wrong, wrong.Select(Right).OfType<ViewRow>(), ct);
            await transaction.CommitAsync(ct);
        }
        // where a row has no key it would be named by all it says
        string Named(string[] key) => table.Keyless ? table.Name : $"{table.Name}/{string.Join('/', key)}";
        return [.. wrong.GroupBy(key => Tenant((Shown(key) ?? Right(key)!).Json)).Select(of => new DriftFound(of.Key, view.Name, state.Position,
            of.Count(key => Right(key) is not null && Shown(key) is not null), of.Count(key => Shown(key) is null), of.Count(key => Right(key) is null),
            [.. of.Select(Named).Distinct().Take(DriftFound.MostKeys)]))];
    }

    private static string Tenant(string json)
    {
        using var row = JsonDocument.Parse(json);
        return row.RootElement.TryGetProperty("tenant_id", out var tenant) ? tenant.GetString() ?? "" : "";
    }

    private static async Task<Dictionary<string, long>> Writes(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select relname::text, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables where schemaname = 'views'", connection);
        var writes = new Dictionary<string, long>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) writes[reader.GetString(0)] = reader.GetInt64(1);
        return writes;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
