using System.Collections.Concurrent;
using System.Text.Json;
using Clinic.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.EventLog;

/// <summary>Turns an append into the one call of <c>clinic.append</c>.</summary>
internal static class AppendCommand
{
    private const string Call = """
        select append, outcome, conflict_stream, same_body, answer_type, answer from clinic.append(
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
            $25, $26, $27, $28, $29, $30, $31)
        """;

    /// <summary>Spelling a type's names takes longer than sealing its event.</summary>
    private static readonly ConcurrentDictionary<Type, (string Stored, string DotNet)> Names = new();

    /// <summary>Says for which tenants (comma-separated) this transaction reads and writes.</summary>
    public static NpgsqlBatchCommand Declare(string tenants) => new("select set_config('clinic.tenants', $1, true)")
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = tenants } }
    };

    /// <summary>Serialises, encrypts and seals for the caller, before a connection is taken.</summary>
    public static async ValueTask<PreparedAppend> Prepare(AppendRequest request, EventTypes types, EventSeal seal, CancellationToken ct)
    {
        if (request.Guards.Any(guard => guard.Version < 1)) throw new ArgumentException("a guard stream must exist", nameof(request));
        var events = new List<SealedEvent>();
        var metadata = request.Metadata;
        var at = EventSeal.Truncate(metadata.At);
        var headers = metadata.Headers.Count == 0 ? null : JsonSerializer.Serialize(metadata.Headers, ContractJson.Options);
        foreach (var write in request.Writes)
        {
            var version = write.ExpectedVersion;
            foreach (var happened in write.Events)
            {
                var names = Names.GetOrAdd(happened.Data.GetType(), static type => (EventTypes.NameOf(type), EventTypes.DotNetNameOf(type)));
                var data = await types.Write(happened.Data, request.Tenant, write.Stream, happened.Id, ct);
                var fields = new SealedFields(request.Tenant, write.Stream, ++version, happened.Id, names.Stored,
                    at, metadata.User, metadata.Correlation, metadata.Causation, headers, data);
                events.Add(new SealedEvent(fields, names.DotNet, seal.Over(fields)));
            }
        }
        var taken = request.Writes
            .Select(w => new TakenStream(w.Stream, w.StreamType, w.ExpectedVersion, w.ExpectedVersion + w.Events.Count))
            .Concat(request.Guards.Select(g => new TakenStream(g.Stream, "", g.Version, g.Version)))
            .OrderBy(s => s.Stream, StringComparer.Ordinal).ToArray();
        return new PreparedAppend(request, taken, events, request.Inbox is { } inbox ? EventTypes.Write(inbox.Answer) : null);
    }

    /// <summary>Runs appends in one round trip; results stand in the order given. Sorted as <c>clinic.append</c> asks.</summary>
    public static async Task<AppendResult[]> Run(NpgsqlConnection connection, IReadOnlyList<PreparedAppend> appends, CancellationToken ct)
    {
        var tenants = appends.Count == 1 ? appends[0].Request.Tenant : string.Join(',', appends.Select(a => a.Request.Tenant).Distinct());
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Declare(tenants), Build(appends) } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var results = new AppendResult[appends.Count];
        while (await reader.ReadAsync(ct))
            results[reader.GetInt32(0) - 1] = reader.GetString(1) switch
            {
                "committed" => new AppendResult(AppendOutcome.Committed),
                "conflict" => new AppendResult(AppendOutcome.Conflict, reader.GetString(2)),
                _ => new AppendResult(AppendOutcome.Duplicate, null, Answer(reader.GetString(4), reader.GetString(5)), reader.GetBoolean(3))
            };
        return results;
    }

    private static object? Answer(string type, string json) =>
        JsonSerializer.Deserialize(json, ContractTypes.Find(type) ?? throw new UnknownEventTypeException(type), ContractJson.Options);

    private static NpgsqlBatchCommand Build(IReadOnlyList<PreparedAppend> appends)
    {
        var inboxes = new InboxEntry?[appends.Count];
        var taken = new List<(int Append, string Tenant, TakenStream Stream, DateTime At)>(appends.Count);
        var events = new List<(int Append, SealedEvent Event)>(appends.Count);
        for (var i = 0; i < appends.Count; i++)
        {
            var (request, streams, written, _) = appends[i];
            inboxes[i] = request.Inbox;
            var at = EventSeal.Truncate(request.Metadata.At).UtcDateTime;
            foreach (var stream in streams) taken.Add((i + 1, request.Tenant, stream, at));
            foreach (var one in written) events.Add((i + 1, one));
        }
        var command = new NpgsqlBatchCommand(Call);
        void Add<TFrom, T>(NpgsqlDbType type, IReadOnlyList<TFrom> from, Func<TFrom, T> value)
        {
            var values = new T[from.Count];
            for (var i = 0; i < values.Length; i++) values[i] = value(from[i]);
            command.Parameters.Add(new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values });
        }

        Add(NpgsqlDbType.Text, appends, a => a.Request.Tenant);
        Add(NpgsqlDbType.Text, inboxes, i => i?.Endpoint);
        Add(NpgsqlDbType.Text, inboxes, i => i?.Sender);
        Add(NpgsqlDbType.Text, inboxes, i => i?.MessageId);
        Add(NpgsqlDbType.Bytea, inboxes, i => i?.BodyHash);
        Add(NpgsqlDbType.Text, inboxes, i => i is null ? null : ContractTypes.NameOf(i.Answer.GetType()));
        Add(NpgsqlDbType.Jsonb, appends, a => a.Answer);
        Add(NpgsqlDbType.Text, inboxes, i => i?.ReplyTo);

        Add(NpgsqlDbType.Integer, taken, s => s.Append);
        Add(NpgsqlDbType.Text, taken, s => s.Tenant);
        Add(NpgsqlDbType.Text, taken, s => s.Stream.Stream);
        Add(NpgsqlDbType.Text, taken, s => s.Stream.Type);
        Add(NpgsqlDbType.Bigint, taken, s => s.Stream.Expected);
        Add(NpgsqlDbType.Bigint, taken, s => s.Stream.Next);
        Add(NpgsqlDbType.TimestampTz, taken, s => s.At);

        Add(NpgsqlDbType.Integer, events, e => e.Append);
        Add(NpgsqlDbType.Uuid, events, e => e.Event.Fields.Id);
        Add(NpgsqlDbType.Text, events, e => e.Event.Fields.Tenant);
        Add(NpgsqlDbType.Text, events, e => e.Event.Fields.Stream);
        Add(NpgsqlDbType.Bigint, events, e => e.Event.Fields.Version);
        Add(NpgsqlDbType.Text, events, e => e.Event.Fields.Type);
        Add(NpgsqlDbType.Text, events, e => e.Event.DotNetType);
        Add(NpgsqlDbType.Jsonb, events, e => e.Event.Fields.Data);
        Add(NpgsqlDbType.TimestampTz, events, e => e.Event.Fields.Timestamp.UtcDateTime);
        Add(NpgsqlDbType.Text, events, e => e.Event.Fields.Correlation);
        Add(NpgsqlDbType.Text, events, e => e.Event.Fields.Causation);
        Add(NpgsqlDbType.Text, events, e => e.Event.Fields.User);
        Add(NpgsqlDbType.Jsonb, events, e => e.Event.Fields.Headers);
        Add(NpgsqlDbType.Bytea, events, e => e.Event.Seal.Hash);
        Add(NpgsqlDbType.Bytea, events, e => e.Event.Seal.Mac);
        Add(NpgsqlDbType.Text, events, e => e.Event.Seal.MacKeyId);
        return command;
    }
}

/// <summary>An append ready to be sent.</summary>
/// <param name="Answer">Of its inbox entry, as JSON: spelled by the caller, not while a connection waits for the batch.</param>
internal sealed record PreparedAppend(AppendRequest Request, IReadOnlyList<TakenStream> Taken, IReadOnlyList<SealedEvent> Events, string? Answer);

/// <summary>A stream an append locks: a write, or with the same version twice a guard.</summary>
internal sealed record TakenStream(string Stream, string Type, long Expected, long Next);

/// <summary>An event ready to be stored.</summary>
internal sealed record SealedEvent(SealedFields Fields, string DotNetType, Seal Seal);
