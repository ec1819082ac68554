using JasperFx.Events;
using Marten;
using Marten.Services;
using Npgsql;
using NpgsqlTypes;
using EventDeserializationFailureException = Marten.Exceptions.EventDeserializationFailureException;
using ApplyEventException = JasperFx.Events.Daemon.ApplyEventException;

namespace Clinic.EventLog.Marten;

/// <summary>One load by a Marten session: Marten reads and folds, we look first at what it would not mind.</summary>
internal static class MartenLoad
{
    private const string AsOf = """
        select max(e.version) from public.mt_events e join clinic.log l on l.seq_id = e.seq_id
        where e.tenant_id = $1 and e.stream_id = $2 and l.logged_at <= $3
        """;

    // Marten takes the stored .NET type when it does not know the name; a type we do not know is never read
    private const string Unknown = """
        select type from public.mt_events where tenant_id = $1 and stream_id = $2 and type <> all ($3) order by version limit 1
        """;

    /// <summary>In the transaction given, which should see one moment.</summary>
    public static async Task<Loaded<TState>> Run<TState>(
        DocumentStore store, NpgsqlTransaction transaction, EventTypes types, EventSeal seal, string tenant, string stream, LoadOptions options, CancellationToken ct)
        where TState : class
    {
        var connection = transaction.Connection ?? throw new InvalidOperationException("the transaction is over");
        // the raw row is what was sealed, and Marten hands out objects: so this is read twice
        if (options.Verified && (await StreamLoader.Load<TState>(connection, types, seal, tenant, stream, options, ct)).Version == 0) return default;
        if (await Look(connection, types, tenant, stream, options, ct) is not { } upTo) return default;

        var session = SessionOptions.ForTransaction(transaction);
        session.TenantId = tenant;
        await using var query = store.QuerySession(session);
        var events = await Fetch(query, stream, upTo, ct);
        if (events.Count == 0) return default;
        var fold = Clinic.EventLog.Fold.For<TState>();
        for (var i = 0; i < events.Count; i++) fold.Require(events[i].Data, begins: i == 0);
        var state = await Build<TState>(store, query, events, ct);
        return new Loaded<TState>(state, events[^1].Version) { At = events[^1].Timestamp };
    }

    /// <summary>The version to read up to, 0 for all there are, null when nothing had a position at that instant.</summary>
    private static async Task<long?> Look(NpgsqlConnection connection, EventTypes types, string tenant, string stream, LoadOptions options, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { AppendCommand.Declare(tenant) } };
        var unknown = new NpgsqlBatchCommand(Unknown) { Parameters = { new() { Value = tenant }, new() { Value = stream } } };
        unknown.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar, Value = types.Readable.Select(type => type.Key).ToArray() });
        batch.BatchCommands.Add(unknown);
        if (options.AsOf is { } instant)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(AsOf)
            { Parameters = { new() { Value = tenant }, new() { Value = stream }, new NpgsqlParameter<DateTime> { TypedValue = instant.UtcDateTime } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        if (await reader.ReadAsync(ct)) throw new UnknownEventTypeException(reader.GetString(0));
        if (options.AsOf is null) return 0;
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) && !reader.IsDBNull(0) ? reader.GetInt64(0) : null;
    }

    private static async Task<IReadOnlyList<IEvent>> Fetch(IQuerySession query, string stream, long upTo, CancellationToken ct)
    {
        try
        {
            return await query.Events.FetchStreamAsync(stream, upTo, token: ct);
        }
        catch (EventDeserializationFailureException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }
    }

    private static async Task<TState> Build<TState>(DocumentStore store, IQuerySession query, IReadOnlyList<IEvent> events, CancellationToken ct) where TState : class
    {
        try
        {
            return await store.Options.Projections.AggregatorFor<TState>().BuildAsync(events, query, null, ct)
                ?? throw new InvalidOperationException($"{typeof(TState).Name}: Marten folded {events.Count} events into nothing");
        }
        catch (ApplyEventException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }
    }
}
