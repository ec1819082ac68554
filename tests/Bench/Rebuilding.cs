using System.Diagnostics;
using System.Text.Json;
using Clinic.Contracts;
using Clinic.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.Bench;

/// <summary>200,000 events into 10,000 documents: ours beside the live view and swapped in, the floor into an empty table.</summary>
internal static class Rebuilding
{
    private const int Events = 200_000, Documents = 10_000;

    private sealed record Document(string Tenant, string Id, long Minutes, long Notes, string Last);

    private static readonly Projection View = new("documents", logged => logged.Event.Data is not Noted e ? [] :
    [
        Sql.Statement("""
            insert into views.documents (tenant_id, id, minutes, notes, last) values ($1, $2, $3, 1, $4)
            on conflict (tenant_id, id) do update set minutes = documents.minutes + $3, notes = documents.notes + 1, last = $4
            """, logged.Event.TenantId, logged.Event.StreamKey, (long)e.Minutes, e.Kind)
    ])
    {
        Tables = ["documents"],
        Fold = () => new RowFold<Document>("documents", logged => logged.Event.StreamKey, (row, logged) => logged.Event.Data is not Noted e ? row
            : new Document(logged.Event.TenantId, logged.Event.StreamKey, (row?.Minutes ?? 0) + e.Minutes, (row?.Notes ?? 0) + 1, e.Kind),
            row => [row.Tenant, row.Id, row.Minutes, row.Notes, row.Last])
    };

    public static async Task Run(Setup setup, Report report)
    {
        Report.Progress($"writing {Events} events");
        const int perStream = Events / Documents;
        foreach (var chunk in Enumerable.Range(0, Documents).Chunk(64))
            await Task.WhenAll(chunk.Select(d => Appending.Append(setup.Store, $"doc-{d}", 0, [.. Enumerable.Range(0, perStream).Select(n => (object)Sample.Event(n))])));
        await setup.Drained();
        await setup.Test.AsSuperuser("""
            create table views.documents (tenant_id text, id text, minutes bigint not null, notes bigint not null, last text not null, primary key (tenant_id, id));
            alter table views.documents owner to probe_owner;
            grant select, insert, update, delete on views.documents to probe_worker;
            insert into floor.mt_streams select * from public.mt_streams;
            insert into floor.mt_events select * from public.mt_events;
            create table floor.documents (id text primary key, minutes bigint, notes bigint, last text);
            grant all on floor.documents to probe_app;
            analyze;
            """);
        var medians = await report.Interleaved("rebuild", ("streaming floor", () => PerSecond(() => FloorOnce(setup))), ("ours", () => PerSecond(async () =>
        {
            var done = await Rebuild.Run(setup.Test.Target, Sample.Types, View);
            if (done.Events != Events) throw new InvalidOperationException($"{done.Events} events instead of {Events}");
        })));
        report.Add($"rebuild, {Events} events into {Documents} documents", "events/s", medians[1], medians[0]);
    }

    private static async Task<double> PerSecond(Func<Task> rebuild)
    {
        var clock = Stopwatch.StartNew();
        await rebuild();
        return Events / clock.Elapsed.TotalSeconds;
    }

    /// <summary>One streaming read, one dictionary, one COPY.</summary>
    private static async Task FloorOnce(Setup setup)
    {
        var documents = new Dictionary<string, Document>();
        await using (var reading = await setup.FloorReader.OpenConnectionAsync())
        {
            await using var command = new NpgsqlCommand("select stream_id, data from floor.mt_events order by seq_id", reading);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var (id, e) = (reader.GetString(0), JsonSerializer.Deserialize<Noted>(reader.GetFieldValue<byte[]>(1), ContractJson.Options)!);
                var known = documents.GetValueOrDefault(id);
                documents[id] = new Document("", id, (known?.Minutes ?? 0) + e.Minutes, (known?.Notes ?? 0) + 1, e.Kind);
            }
        }
        await using var connection = await setup.Floor.Source.OpenConnectionAsync();
        await using (var empty = new NpgsqlCommand("truncate floor.documents", connection)) await empty.ExecuteNonQueryAsync();
        await using var copy = await connection.BeginBinaryImportAsync("copy floor.documents from stdin (format binary)");
        foreach (var row in documents.Values)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(row.Id, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Minutes, NpgsqlDbType.Bigint);
            await copy.WriteAsync(row.Notes, NpgsqlDbType.Bigint);
            await copy.WriteAsync(row.Last, NpgsqlDbType.Text);
        }
        await copy.CompleteAsync();
    }
}
