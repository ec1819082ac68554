using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests.Infra;

/// <summary>A view with a constraint to stumble over, an index of its own name, and rights to keep.</summary>
internal static class TotalsView
{
    public static readonly SchemaScript Schema = new("100_totals", """
        create table views.totals (
            tenant_id text, stream text, total bigint check (total < 1000), events bigint, last_at timestamptz, primary key (tenant_id, stream));
        create index totals_by_size on views.totals (tenant_id, total desc) where total > 0;
        select clinic.protect_by_tenant('views.totals');
        """);

    public static readonly Projection Totals = new("totals", logged => logged.Event.Data is not Counted counted ? [] :
    [
        Sql.Statement("insert into views.totals values ($1, $2, 0, 0) on conflict do nothing", logged.Event.TenantId, logged.Event.StreamKey),
        Sql.Statement("update views.totals set total = total + $3, events = events + 1, last_at = $4 where tenant_id = $1 and stream = $2",
            logged.Event.TenantId, logged.Event.StreamKey, counted.Amount, logged.Event.Timestamp)
    ])
    { Tables = ["totals"] };

    public static readonly Projection Folded = Totals with
    {
        Fold = () => new RowFold<Total>("totals", logged => logged.Event.StreamKey,
            (row, logged) => logged.Event.Data is not Counted counted ? row
                : new Total(logged.Event.TenantId, logged.Event.StreamKey, (row?.Sum ?? 0) + counted.Amount, (row?.Events ?? 0) + 1, logged.Event.Timestamp),
            row => [row.Tenant, row.Stream, row.Sum, row.Events, row.LastAt])
    };

    private sealed record Total(string Tenant, string Stream, long Sum, long Events, DateTimeOffset LastAt);

    public static ProjectionHost Host(Probe probe, params Projection[] projections) =>
        new(probe.Database, Probe.Types, projections, probe.Signals, probe.Alarms, probe.Log.For<ProjectionHost>());

    public static Task At(Probe probe, long position, string view = "totals") => Eventually.True(async () =>
        (await probe.Test.Column<long>($"select position from clinic.checkpoint where name = '{view}'")).Contains(position), $"{view} at {position}");

    public static async Task<string> Digest(Probe probe)
    {
        await using var connection = await probe.Database.Worker.OpenConnectionAsync();
        return await ViewDigest.Of(connection, Totals);
    }
}
