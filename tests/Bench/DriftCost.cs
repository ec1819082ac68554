using Clinic.EventLog;
using Clinic.EventLog.Drift;
using Microsoft.Extensions.Logging.Abstractions;

namespace Clinic.Bench;

/// <summary>Appends with a view that follows, and with the watch that folds and compares it once more, from its start on: what the watch costs. It looks every two seconds.</summary>
internal static class DriftCost
{
    private static Projection View => new("watched", logged => logged.Event.Data is Noted e
        ? [Sql.Statement("insert into views.watched (tenant_id, id, client, minutes) values ($1, $2, $3, $4)", logged.Event.TenantId, logged.Event.Id, e.ClientId, (long)e.Minutes)]
        : [])
    { Tables = ["watched"] };

    public static async Task Run(Setup setup, Report report)
    {
        await setup.Test.AsSuperuser("""
            create table views.watched (tenant_id text not null, id uuid not null, client text not null, minutes bigint not null, primary key (tenant_id, id));
            alter table views.watched owner to probe_owner;
            grant select, insert, update, delete on views.watched to probe_worker
            """);
        await setup.Start(new ProjectionHost(setup.Database, Sample.Types, [View], setup.Signals, setup.Alarms, NullLogger<ProjectionHost>.Instance));
        Task<double> Appends() => Work.PerSecond(32, 4 * report.Options.Round, (c, n) => Appending.Append(setup.Store, "d-" + Guid.NewGuid().ToString("N"), 0, Sample.Event(n)));
        async Task<double> Watched()
        {
            using var watch = new DriftWatch(setup.Database, Sample.Types, [View], new Nobody(), setup.Alarms, TimeProvider.System, NullLogger<DriftWatch>.Instance);
            await watch.StartAsync(CancellationToken.None);
            var rate = await Appends();
            await watch.StopAsync(CancellationToken.None);
            await setup.Drained();
            return rate;
        }
        var medians = await report.Interleaved("append beside the watch for drift, 32 writers", ("without", async () =>
        {
            var rate = await Appends();
            await setup.Drained();
            return rate;
        }
        ), ("with", Watched));
        if (setup.Alarms.Active.Keys.FirstOrDefault(name => name.StartsWith("drift-", StringComparison.Ordinal)) is { } alarm) throw new InvalidOperationException(alarm);
        report.Add("append beside the watch for drift, to without, 32 writers", "events/s", medians[1], medians[0]);
    }

    private sealed class Nobody : IDriftRecords
    {
        public Task Found(DriftFound found, CancellationToken ct) => Task.CompletedTask;

        public Task Repaired(DriftFound found, CancellationToken ct) => Task.CompletedTask;
    }
}
