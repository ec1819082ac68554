using System.Threading.Channels;
using Clinic.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.Bench;

/// <summary>One event for one stream at the version before it; 0 begins the stream.</summary>
internal sealed record FloorAppend(string Stream, long Expected, object Data)
{
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// What plain Npgsql can do on Marten's two tables with the same durability: no seals, no inbox, no log. Two shapes: callers
/// that wait together in one set-based statement, and one prepared statement per caller.
/// </summary>
internal sealed class Floor : IAsyncDisposable
{
    /// <summary>Marten's tables again, keys and indexes included, so that the two sides do not grow each other's.</summary>
    public const string Schema = """
        create schema floor;
        create table floor.mt_streams (like public.mt_streams including all);
        create table floor.mt_events (like public.mt_events including all, foreign key (tenant_id, stream_id) references floor.mt_streams (tenant_id, id));
        create sequence floor.seq;
        create table floor.view (id uuid primary key, client text, minutes bigint);
        grant usage on schema floor to probe_app;
        grant all on all tables in schema floor to probe_app;
        grant all on all sequences in schema floor to probe_app;
        """;

    private const string Insert = """
        insert into floor.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, user_name)
        select nextval('floor.seq'), u.id, u.stream, u.expected + 1, u.data, 'noted', now(), 'north', 'Clinic.Bench.Noted, Bench', 'conversation-1', 'command-1', 'therapist-17'
        """;

    private const string Values = "select * from unnest($1, $2, $3, $4) as u(id, stream, expected, data)";

    private const string New = $"""
        with u as materialized ({Values}), s as (
            insert into floor.mt_streams (tenant_id, id, type, version, timestamp, created) select 'north', stream, 'notes', 1, now(), now() from u)
        {Insert} from u
        """;

    private const string Next = $"""
        with u as materialized ({Values}), s as (
            update floor.mt_streams t set version = u.expected + 1, timestamp = now() from u
            where t.tenant_id = 'north' and t.id = u.stream and t.version = u.expected returning t.id)
        {Insert} from u join s on s.id = u.stream
        """;

    private readonly NpgsqlDataSource source;
    private readonly Channel<FloorAppend> waiting = Channel.CreateUnbounded<FloorAppend>();
    private readonly Task[] writers;

    public Floor(NpgsqlDataSource source)
    {
        this.source = source;
        writers = [Task.Run(Write), Task.Run(Write)];
    }

    public NpgsqlDataSource Source => source;

    public Task Coalesced(FloorAppend append)
    {
        waiting.Writer.TryWrite(append);
        return append.Done.Task;
    }

    public async Task Single(FloorAppend append)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            (append.Expected == 0 ? New : Next).Replace(Values, "select $1 as id, $2 as stream, $3 as expected, $4 as data", StringComparison.Ordinal), connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = append.Stream });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = append.Expected });
        command.Parameters.Add(new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Jsonb, TypedValue = Json(append.Data) });
        if (await command.ExecuteNonQueryAsync() != 1) throw new InvalidOperationException("the floor lost a race it should not have");
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.Complete();
        await Task.WhenAll(writers);
    }

    private async Task Write()
    {
        await using var connection = await source.OpenConnectionAsync();
        var batch = new List<FloorAppend>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < 128 && waiting.Reader.TryRead(out var append)) batch.Add(append);
            if (batch.Count == 0) continue;
            await using var command = new NpgsqlCommand(batch[0].Expected == 0 ? New : Next, connection);
            void Add<T>(NpgsqlDbType type, Func<FloorAppend, T> value) => command.Parameters.Add(
                new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. batch.Select(value)] });
            Add(NpgsqlDbType.Uuid, _ => Guid.CreateVersion7());
            Add(NpgsqlDbType.Text, a => a.Stream);
            Add(NpgsqlDbType.Bigint, a => a.Expected);
            Add(NpgsqlDbType.Jsonb, a => Json(a.Data));
            try
            {
                var written = await command.ExecuteNonQueryAsync();
                if (written != batch.Count) throw new InvalidOperationException("the floor lost a race it should not have");
                foreach (var append in batch) append.Done.SetResult();
            }
            catch (Exception e)
            {
                // who waits must not wait for ever
                foreach (var append in batch) append.Done.TrySetException(e);
            }
        }
    }

    private static string Json(object data) => System.Text.Json.JsonSerializer.Serialize(data, data.GetType(), ContractJson.Options);
}
