using Clinic.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.EventLog;

/// <summary>The one call of <c>clinic.append_one</c>: most commands are one append to one stream, and a scalar costs less than an array of one.</summary>
internal static class LoneAppend
{
    private const string Call = """
        select clinic.append_one($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
        """;

    /// <summary>Whether it is such an append.</summary>
    public static bool Fits(PreparedAppend append) => append.Taken is [{ } stream] && stream.Next > stream.Expected;

    /// <summary>False when nothing was stored: it came before, it conflicts, or it is refused; <see cref="AppendCommand.Run"/> tells which.</summary>
    public static async Task<bool> Run(NpgsqlConnection connection, PreparedAppend append)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { AppendCommand.Declare(append.Request.Tenant), Build(append) } };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        return await reader.ReadAsync() && reader.GetBoolean(0);
    }

    private static NpgsqlBatchCommand Build(PreparedAppend append)
    {
        var (request, taken, events, answer) = append;
        var (inbox, first) = (request.Inbox, events[0].Fields);
        var command = new NpgsqlBatchCommand(Call);
        void Add<T>(NpgsqlDbType type, T value) where T : notnull => command.Parameters.Add(new NpgsqlParameter<T> { NpgsqlDbType = type, TypedValue = value });
        void AddText(NpgsqlDbType type, string? value) => command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = (object?)value ?? DBNull.Value });
        void AddEach<T>(NpgsqlDbType type, Func<SealedEvent, T> value)
        {
            var values = new T[events.Count];
            for (var i = 0; i < values.Length; i++) values[i] = value(events[i]);
            Add(NpgsqlDbType.Array | type, values);
        }

        Add(NpgsqlDbType.Text, request.Tenant);
        AddText(NpgsqlDbType.Text, inbox?.Endpoint);
        AddText(NpgsqlDbType.Text, inbox?.Sender);
        AddText(NpgsqlDbType.Text, inbox?.MessageId);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = (object?)inbox?.BodyHash ?? DBNull.Value });
        AddText(NpgsqlDbType.Text, inbox is null ? null : ContractTypes.NameOf(inbox.Answer.GetType()));
        AddText(NpgsqlDbType.Jsonb, answer);
        AddText(NpgsqlDbType.Text, inbox?.ReplyTo);

        Add(NpgsqlDbType.Text, taken[0].Stream);
        Add(NpgsqlDbType.Text, taken[0].Type);
        Add(NpgsqlDbType.Bigint, taken[0].Expected);
        Add(NpgsqlDbType.TimestampTz, first.Timestamp.UtcDateTime);
        AddText(NpgsqlDbType.Text, first.Correlation);
        AddText(NpgsqlDbType.Text, first.Causation);
        AddText(NpgsqlDbType.Text, first.User);
        AddText(NpgsqlDbType.Jsonb, first.Headers);
        Add(NpgsqlDbType.Text, events[0].Seal.MacKeyId);

        AddEach(NpgsqlDbType.Uuid, e => e.Fields.Id);
        AddEach(NpgsqlDbType.Text, e => e.Fields.Type);
        AddEach(NpgsqlDbType.Text, e => e.DotNetType);
        AddEach(NpgsqlDbType.Jsonb, e => e.Fields.Data);
        AddEach(NpgsqlDbType.Bytea, e => e.Seal.Hash);
        AddEach(NpgsqlDbType.Bytea, e => e.Seal.Mac);
        return command;
    }
}
