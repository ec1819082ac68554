using Npgsql;

namespace Clinic.EventLog.Drift;

/// <summary>A view folded once more, beside the one in use, by the same projection: what its rows must be.</summary>
internal sealed class ShadowView(Projection projection)
{
    private readonly ViewRouting routing = new(projection, "pg_temp");
    private ViewPage page = new(projection, []);

    public string Name => projection.Name;

    public IReadOnlyList<string> TableNames => projection.Tables;

    public List<ShadowTable> Tables { get; } = [];

    /// <summary>Everything up to here is folded.</summary>
    public long Position { get; private set; } = -1;

    /// <summary>The view in use, as it was seen last.</summary>
    public ViewState Seen { get; private set; } = new(-1, -1, []);

    /// <summary>Both lack the same events, and the shadow is where the view was seen.</summary>
    public bool Comparable => Position == Seen.Position
        && page.Stale.Select(s => (s.Tenant, s.Stream, s.Position)).ToHashSet().SetEquals(Seen.Stale.Select(s => (s.Tenant, s.Stream, s.Position)));

    /// <summary>Begins from nothing: another rebuild, or other tables, make another view.</summary>
    public async Task Begin(NpgsqlConnection session, CancellationToken ct)
    {
        Tables.Clear();
        (Position, page) = (-1, new ViewPage(projection, Seen.Stale));
        foreach (var table in projection.Tables) Tables.Add(await ShadowTable.Create(session, table, ct));
    }

    /// <summary>Where the view in use is now. What it could not apply the shadow leaves out, too.</summary>
    public void See(ViewState state)
    {
        Seen = state;
        page = new ViewPage(projection, page.Stale.Concat(state.Stale).DistinctBy(s => (s.Tenant, s.Stream)).ToList());
    }

    /// <summary>Folds the next events.</summary>
    public async Task Apply(NpgsqlConnection session, IReadOnlyList<LoggedEvent> events, CancellationToken ct)
    {
        await page.Write(session, events, _ => [], (_, statements) => statements.Where(s => !Deadlines.IsOne(s)).Select(routing.Route), ct);
        Position = events[^1].Position;
    }

    /// <summary>Nobody else may vacuum a session's own tables, and this session lasts as long as the service.</summary>
    public async Task Tidy(NpgsqlConnection session, CancellationToken ct)
    {
        foreach (var table in TableNames)
        {
            await using var vacuum = new NpgsqlCommand($"vacuum (freeze, analyze) pg_temp.{table}", session) { CommandTimeout = 0 };
            await vacuum.ExecuteNonQueryAsync(ct);
        }
    }
}
