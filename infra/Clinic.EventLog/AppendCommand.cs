using System.Text.Json;
using Clinic.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.EventLog;

/// <summary>Turns an append into the one call of <c>clinic.append</c>.</summary>
internal static class AppendCommand
{
    private const string Call = """
        select outcome, conflict_stream, same_body, answer_type, answer from clinic.append(
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
            $25, $26, $27, $28, $29, $30, $31)
        """;

    /// <summary>Says for which tenants this transaction reads and writes.</summary>
    public static NpgsqlBatchCommand Declare(string tenant) => new("select set_config('clinic.tenants', $1, true)")
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = tenant } }
    };

    /// <summary>Serialises and seals on the caller's thread, before a connection is taken.</summary>
    public static IReadOnlyList<SealedEvent> Seal(AppendRequest request, EventSeal seal)
    {
        var events = new List<SealedEvent>();
        var metadata = request.Metadata;
        var at = EventSeal.Truncate(metadata.At);
        var headers = metadata.Headers.Count == 0 ? null : JsonSerializer.Serialize(metadata.Headers, ContractJson.Options);
        foreach (var write in request.Writes)
        {
            var version = write.ExpectedVersion;
            foreach (var happened in write.Events)
            {
                var fields = new SealedFields(request.Tenant, write.Stream, ++version, happened.Id, EventTypes.NameOf(happened.Data.GetType()),
                    at, metadata.User, metadata.Correlation, metadata.Causation, headers, EventTypes.Write(happened.Data));
                events.Add(new SealedEvent(fields, EventTypes.DotNetNameOf(happened.Data.GetType()), seal.Over(fields)));
            }
        }
        return events;
    }

    public static async Task<AppendResult> Run(
        NpgsqlConnection connection, AppendRequest request, IReadOnlyList<SealedEvent> events, CancellationToken ct)
    {
        if (request.Guards.Any(guard => guard.Version < 1)) throw new ArgumentException("a guard stream must exist", nameof(request));
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Declare(request.Tenant), Build(request, events) } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetString(0) switch
        {
            "committed" => new AppendResult(AppendOutcome.Committed),
            "conflict" => new AppendResult(AppendOutcome.Conflict, reader.GetString(1)),
            _ => new AppendResult(AppendOutcome.Duplicate, null, Answer(reader.GetString(3), reader.GetString(4)), reader.GetBoolean(2))
        };
    }

    private static object? Answer(string type, string json) =>
        JsonSerializer.Deserialize(json, ContractTypes.Find(type) ?? throw new UnknownEventTypeException(type), ContractJson.Options);

    private static NpgsqlBatchCommand Build(AppendRequest request, IReadOnlyList<SealedEvent> events)
    {
        var inbox = request.Inbox;
        var at = EventSeal.Truncate(request.Metadata.At).UtcDateTime;
        // (tenant, stream) order: two appends must never lock the same rows in opposite order
        var taken = request.Writes
            .Select(w => (w.Stream, Type: w.StreamType, Expected: w.ExpectedVersion, Next: w.ExpectedVersion + w.Events.Count))
            .Concat(request.Guards.Select(g => (g.Stream, Type: "", Expected: g.Version, Next: g.Version)))
            .OrderBy(s => s.Stream, StringComparer.Ordinal).ToArray();
        var command = new NpgsqlBatchCommand(Call);
        void Add<T>(NpgsqlDbType type, IEnumerable<T> values) =>
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() });

        Add(NpgsqlDbType.Text, [request.Tenant]);
        Add<string?>(NpgsqlDbType.Text, [inbox?.Endpoint]);
        Add<string?>(NpgsqlDbType.Text, [inbox?.Sender]);
        Add<string?>(NpgsqlDbType.Text, [inbox?.MessageId]);
        Add<byte[]?>(NpgsqlDbType.Bytea, [inbox?.BodyHash]);
        Add<string?>(NpgsqlDbType.Text, [inbox is null ? null : ContractTypes.NameOf(inbox.Answer.GetType())]);
        Add<string?>(NpgsqlDbType.Jsonb, [inbox is null ? null : EventTypes.Write(inbox.Answer)]);
        Add<string?>(NpgsqlDbType.Text, [inbox?.ReplyTo]);

        Add(NpgsqlDbType.Integer, taken.Select(_ => 1));
        Add(NpgsqlDbType.Text, taken.Select(_ => request.Tenant));
        Add(NpgsqlDbType.Text, taken.Select(s => s.Stream));
        Add(NpgsqlDbType.Text, taken.Select(s => s.Type));
        Add(NpgsqlDbType.Bigint, taken.Select(s => s.Expected));
        Add(NpgsqlDbType.Bigint, taken.Select(s => s.Next));
        Add(NpgsqlDbType.TimestampTz, taken.Select(_ => at));

        Add(NpgsqlDbType.Integer, events.Select(_ => 1));
        Add(NpgsqlDbType.Uuid, events.Select(e => e.Fields.Id));
        Add(NpgsqlDbType.Text, events.Select(e => e.Fields.Tenant));
        Add(NpgsqlDbType.Text, events.Select(e => e.Fields.Stream));
        Add(NpgsqlDbType.Bigint, events.Select(e => e.Fields.Version));
        Add(NpgsqlDbType.Text, events.Select(e => e.Fields.Type));
        Add(NpgsqlDbType.Text, events.Select(e => e.DotNetType));
        Add(NpgsqlDbType.Jsonb, events.Select(e => e.Fields.Data));
        Add(NpgsqlDbType.TimestampTz, events.Select(e => e.Fields.Timestamp.UtcDateTime));
        Add(NpgsqlDbType.Text, events.Select(e => e.Fields.Correlation));
        Add(NpgsqlDbType.Text, events.Select(e => e.Fields.Causation));
        Add(NpgsqlDbType.Text, events.Select(e => e.Fields.User));
        Add(NpgsqlDbType.Jsonb, events.Select(e => e.Fields.Headers));
        Add(NpgsqlDbType.Bytea, events.Select(e => e.Seal.Hash));
        Add(NpgsqlDbType.Bytea, events.Select(e => e.Seal.Mac));
        Add(NpgsqlDbType.Text, events.Select(e => e.Seal.MacKeyId));
        return command;
    }
}

/// <summary>An event ready to be stored.</summary>
internal sealed record SealedEvent(SealedFields Fields, string DotNetType, Seal Seal);
