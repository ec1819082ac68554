using Clinic.Contracts;
using Clinic.EventLog;
using Npgsql;

namespace Clinic.Bench;

/// <summary>Folding streams: with nothing remembered, with the state remembered, and before an append.</summary>
internal static class Loading
{
    private const int Workers = 32, Readers = 8, Short = 20, Long = 100;
    private const string Select = "select type, data from floor.mt_events where tenant_id = $1 and stream_id = $2 order by version";

    public static async Task Run(Setup setup, Report report)
    {
        Report.Progress("seeding streams");
        // each worker has its own, so that nobody conflicts
        var streams = Enumerable.Range(0, Workers * 8).Select(n => $"short-{n}").ToArray();
        var long_ = Enumerable.Range(0, 200).Select(n => $"long-{n}").ToArray();
        // the marten engine's own, as long as ours: who appends to another's streams makes them longer to load
        var theirs = setup.Marten is null ? [] : streams.Select(s => "marten-" + s).ToArray();
        foreach (var chunk in streams.Concat(theirs).Select(s => (s, Short)).Concat(long_.Select(s => (s, Long))).Chunk(32))
            await Task.WhenAll(chunk.Select(x => Seed(setup, x.s, x.Item2)));
        await setup.Drained();
        await setup.Test.AsSuperuser("""
            insert into floor.mt_streams select * from public.mt_streams;
            insert into floor.mt_events select * from public.mt_events;
            select setval('floor.seq', max(seq_id)) from floor.mt_events;
            analyze floor.mt_events; analyze public.mt_events;
            """);

        var (time, ours, floor) = (report.Options.Round, new long[streams.Length], new long[streams.Length]);
        Array.Fill(ours, Short);
        Array.Fill(floor, Short);
        string Mine(int worker, long n, out int i) => streams[i = worker * 8 + (int)(n % 8)];
        Func<Task<double>> Appends(IEventStore store, string prefix, long[] versions) => async () =>
        {
            var rate = await Work.PerSecond(Workers, time, async (w, n) =>
            {
                var stream = prefix + Mine(w, n, out var i);
                var loaded = await store.Load<Notes>(Sample.Tenant, stream);
                if (loaded.Version != versions[i]++) throw new InvalidOperationException("a load missed an event");
                await Appending.Append(store, stream, loaded.Version, Sample.Event(n));
            });
            await setup.Drained();
            return rate;
        };
        (string, Func<Task<double>>)[] appending = setup.Marten is { } engine ? [("marten", Appends(engine, "marten-", [.. ours]))] : [];
        var appends = await report.Interleaved("load 20 and append 1, 32 workers", [
            ("full-read floor", () => Work.PerSecond(Workers, time, async (w, n) =>
            {
                var stream = Mine(w, n, out var i);
                await Fold(setup, stream);
                await setup.Floor.Coalesced(new FloorAppend(stream, floor[i]++, Sample.Event(n)));
            }
            )),
            ("ours", Appends(setup.Store, "", ours)), .. appending]);
        report.Add("load 20 and append 1, 32 workers, state remembered", "ops/s", appends[1], appends[0]);
        if (appends is [_, _, var appended]) report.Add("load 20 and append 1, 32 workers, to the marten engine", "ops/s", appends[1], appended);

        (string, Func<Task<double>>)[] marten = setup.Marten is { } other
            ? [("marten", () => Work.PerSecond(Readers, time, (r, n) => other.Load<Notes>(Sample.Tenant, long_[(r * 25) + (n % 25)])))]
            : [];
        var loads = await report.Interleaved("load and fold 100 events, 8 readers", [
            ("cold floor", () => Work.PerSecond(Readers, time, (r, n) => Fold(setup, long_[(r * 25) + (n % 25)]))),
            ("ours cold", () => Work.PerSecond(Readers, time, async (r, n) =>
            {
                await using var connection = await setup.Database.Reader.OpenConnectionAsync();
                // remembers nothing
                await new TransactionalEventStore(connection, Sample.Types, Sample.Seal).Load<Notes>(Sample.Tenant, long_[(r * 25) + (n % 25)], default, default);
            }
            )),
            ("ours remembered", () => Work.PerSecond(Readers, time, (r, n) => setup.Store.Load<Notes>(Sample.Tenant, long_[(r * 25) + (n % 25)]))), .. marten]);
        report.Add("load and fold 100 events, 8 readers, cold", "loads/s", loads[1], loads[0]);
        report.Add("load and fold 100 events, 8 readers, remembered, to the cold floor", "loads/s", loads[2], loads[0]);
        if (loads is [_, _, _, var martens]) report.Add("load and fold 100 events, 8 readers, cold, to the marten engine", "loads/s", loads[1], martens);
    }

    /// <summary>Prepared, streaming, folded by hand.</summary>
    private static async Task Fold(Setup setup, string stream)
    {
        await using var connection = await setup.FloorReader.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Select, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = Sample.Tenant }, new NpgsqlParameter<string> { TypedValue = stream } }
        };
        await using var reader = await command.ExecuteReaderAsync();
        Notes? state = null;
        while (await reader.ReadAsync())
        {
            var e = System.Text.Json.JsonSerializer.Deserialize<Noted>(reader.GetFieldValue<byte[]>(1), ContractJson.Options)!;
            state = state is null ? Notes.Create(e) : state.Apply(e);
        }
        if (state is null) throw new InvalidOperationException("the floor found no stream");
    }

    private static Task Seed(Setup setup, string stream, int events) =>
        Appending.Append(setup.Store, stream, 0, [.. Enumerable.Range(0, events).Select(n => (object)Sample.Event(n))]);
}
