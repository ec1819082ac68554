using System.Diagnostics;
using System.Text.Json;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>The built-in engine: Marten's tables, one round trip per append, every event sealed.</summary>
public sealed class EventStore : IEventStore, IDisposable
{
    private readonly Database database;
    private readonly EventTypes types;
    private readonly EventSeal seal;
    private readonly Signals signals;
    private readonly Appender appender;
    private readonly StateCache cache = new();

    public EventStore(Database database, EventTypes types, EventSeal seal, Signals signals)
    {
        (this.database, this.types, this.seal, this.signals) = (database, types, seal, signals);
        appender = new Appender(database);
        if (types.Encryption is { } encryption) encryption.Keys.Dropped += cache.Clear;
    }

    public async Task<Loaded<TState>> Load<TState>(string tenant, string stream, LoadOptions options, CancellationToken ct)
        where TState : class
    {
        await using var connection = await database.Reader.OpenConnectionAsync(ct);
        // what decides over disclosures is read whole and verified; what was true at an instant is not what is true now
        if (options != default) return await StreamLoader.Load<TState>(connection, types, seal, tenant, stream, options, ct);
        var before = types.Encryption?.Keys.Generation;
        var known = cache.Find<TState>(tenant, stream);
        var loaded = await StreamLoader.LoadAfter(connection, types, tenant, stream, known, ct);
        if (loaded.Version == known.Version) return loaded;
        cache.Keep(tenant, stream, loaded);
        // read with keys that were destroyed meanwhile, or not read whole
        if (before != types.Encryption?.Keys.Generation) cache.Forget<TState>(tenant, stream);
        return loaded;
    }

    public async Task<AppendResult> Append(AppendRequest request, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await appender.Append(await AppendCommand.Prepare(request, types, seal, ct), ct);
        Diagnostics.Appended(result.Outcome, Stopwatch.GetElapsedTime(started));
        if (result.Outcome == AppendOutcome.Committed) signals.Appended.Set();
        return result;
    }

    public void Dispose()
    {
        if (types.Encryption is { } encryption) encryption.Keys.Dropped -= cache.Clear;
        cache.Dispose();
    }
}

/// <summary>The same engine inside a transaction somebody else commits: for reactions, whose effect and checkpoint are one.</summary>
public sealed class TransactionalEventStore(NpgsqlConnection connection, EventTypes types, EventSeal seal) : IEventStore
{
    public Task<Loaded<TState>> Load<TState>(string tenant, string stream, LoadOptions options, CancellationToken ct)
        where TState : class => StreamLoader.Load<TState>(connection, types, seal, tenant, stream, options, ct);

    public async Task<AppendResult> Append(AppendRequest request, CancellationToken ct) =>
        (await AppendCommand.Run(connection, [await AppendCommand.Prepare(request, types, seal, ct)], ct))[0];
}

internal static class StreamLoader
{
    private const string Folded = "e.version, e.type, e.data, e.id, e.timestamp";

    // what a seal covers beside them
    private const string Sealed = $"{Folded}, e.user_name, e.correlation_id, e.causation_id, e.headers";

    private const string Plain = $"select {Folded} from public.mt_events e where e.tenant_id = $1 and e.stream_id = $2 order by e.version";

    private const string After = $"select {Folded} from public.mt_events e where e.tenant_id = $1 and e.stream_id = $2 and e.version > $3 order by e.version";

    private const string AsOf = $"""
        select {Folded} from public.mt_events e join clinic.log l on l.seq_id = e.seq_id
        where e.tenant_id = $1 and e.stream_id = $2 and l.logged_at <= $3 order by e.version
        """;

    // a committed event is in the queue or in the log, and one statement sees one of the two; a full join, because events
    // without their stream and a stream without its events must both be seen
    private const string Verified = $"""
        select {Sealed}, coalesce(l.event_hash, q.event_hash), coalesce(l.mac, q.mac), coalesce(l.mac_key, q.mac_key), s.version
        from (select * from public.mt_streams where tenant_id = $1 and id = $2) s
        full join (select * from public.mt_events where tenant_id = $1 and stream_id = $2) e on e.stream_id = s.id
        left join clinic.log l on l.seq_id = e.seq_id
        left join clinic.log_queue q on q.seq_id = e.seq_id
        order by e.version
        """;

    public static async Task<Loaded<TState>> Load<TState>(
        NpgsqlConnection connection, EventTypes types, EventSeal seal, string tenant, string stream, LoadOptions options, CancellationToken ct)
        where TState : class
    {
        if (options is { Verified: true, AsOf: not null }) throw new ArgumentException("only the newest state can be verified", nameof(options));
        var fold = Fold.For<TState>();
        TState? state = null;
        long version = 0;
        long? recorded = null;
        DateTimeOffset at = default;

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(AppendCommand.Declare(tenant));
        var query = new NpgsqlBatchCommand(options switch { { AsOf: not null } => AsOf, { Verified: true } => Verified, _ => Plain });
        query.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        query.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        if (options.AsOf is { } asOf) query.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = asOf.UtcDateTime });
        batch.BatchCommands.Add(query);

        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (options.Verified)
            {
                recorded = reader.IsDBNull(12) ? throw new IntegrityException($"stream {stream}: has no stream row") : reader.GetInt64(12);
                if (reader.IsDBNull(0)) break;
            }
            var found = reader.GetInt64(0);
            if (options.Verified)
            {
                if (found != version + 1) throw new IntegrityException($"stream {stream}: version {version + 1} is missing");
                Verify(reader, seal, tenant, stream);
            }
            (version, at) = (found, Instant(reader, 4));
            state = fold.Next(state, await types.Read(reader.GetString(1), reader.GetFieldValue<byte[]>(2), tenant, stream, reader.GetGuid(3), ct));
        }
        if (recorded is not null && recorded != version)
            throw new IntegrityException($"stream {stream}: ends at {version}, but {recorded} versions were written");
        return new Loaded<TState>(state is null ? null : fold.WithVersion(state, version), version) { At = at };
    }

    /// <summary>Folds what came after a state that is known already.</summary>
    public static async Task<Loaded<TState>> LoadAfter<TState>(
        NpgsqlConnection connection, EventTypes types, string tenant, string stream, Loaded<TState> known, CancellationToken ct) where TState : class
    {
        var fold = Fold.For<TState>();
        var (state, version) = known;
        var at = known.At;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(AppendCommand.Declare(tenant));
        var query = new NpgsqlBatchCommand(After);
        query.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        query.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        query.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        batch.BatchCommands.Add(query);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            (version, at) = (reader.GetInt64(0), Instant(reader, 4));
            state = fold.Next(state, await types.Read(reader.GetString(1), reader.GetFieldValue<byte[]>(2), tenant, stream, reader.GetGuid(3), ct));
        }
        return version == known.Version ? known : new Loaded<TState>(fold.WithVersion(state!, version), version) { At = at };
    }

    private static void Verify(NpgsqlDataReader reader, EventSeal seal, string tenant, string stream)
    {
        var id = reader.GetGuid(3);
        if (reader.IsDBNull(9)) throw new IntegrityException($"event {id}: has no seal");
        var fields = Fields(reader, tenant, stream);
        if (!seal.Holds(fields, new Seal(reader.GetFieldValue<byte[]>(9), reader.GetFieldValue<byte[]>(10), reader.GetString(11))))
            throw new IntegrityException($"event {id}: its seal does not hold");
    }

    private static SealedFields Fields(NpgsqlDataReader reader, string tenant, string stream) => new(
        tenant, stream, reader.GetInt64(0), reader.GetGuid(3), reader.GetString(1), Instant(reader, 4),
        Text(reader, 5), Text(reader, 6), Text(reader, 7), Text(reader, 8), reader.GetString(2));

    internal static DateTimeOffset Instant(NpgsqlDataReader reader, int ordinal) => new(reader.GetDateTime(ordinal), TimeSpan.Zero);

    internal static string? Text(NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    internal static IReadOnlyDictionary<string, string> Headers(string? json) =>
        json is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
}
