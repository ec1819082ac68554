using System.Text.Json;
using Clinic.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.EventLog.Marten;

/// <summary>
/// What must stand before Marten draws a number: the command's inbox row, then every stream locked at the version the decision saw,
/// in the order the built-in engine takes them. One round trip; what was taken is undone with the transaction.
/// </summary>
internal static class TakenStreams
{
    // {service}_app and {service}_worker may act as {service}_marten, which may insert events of the declared tenant
    private const string Begin = """
        select set_config('clinic.tenants', $1, true), set_config('role', regexp_replace(session_user::text, '_(app|worker)$', '_marten'), true)
        """;

    private const string Enter = """
        insert into clinic.inbox (endpoint, sender, message_id, tenant_id, body_hash, answer_type, answer, reply_to)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning 1
        """;

    // a new stream's row is ours from here on; Marten moves it from 0 to its first version
    private const string Start = """
        insert into public.mt_streams (tenant_id, id, type, version, timestamp, created) values ($1, $2, $3, 0, $4, $4) on conflict do nothing returning version
        """;

    private const string Lock = "select version from public.mt_streams where tenant_id = $1 and id = $2 for no key update";

    private const string Asked = """
        update clinic.inbox set replied_at = null, asked = asked + 1, reply_to = coalesce($5, reply_to)
        where endpoint = $1 and sender = $2 and message_id = $3 and body_hash = $4
        """;

    private const string Known = "select body_hash = $4, answer_type, answer::text from clinic.inbox where endpoint = $1 and sender = $2 and message_id = $3";

    /// <summary>Conflict or duplicate; committed when all is taken and the events may be written.</summary>
    public static async Task<AppendResult> Take(NpgsqlConnection connection, PreparedAppend append, CancellationToken ct)
    {
        var (request, taken, _, answer) = append;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql(Begin, request.Tenant) } };
        if (request.Inbox is { } inbox) batch.BatchCommands.Add(Entry(request.Tenant, inbox, answer!));
        foreach (var stream in taken)
            batch.BatchCommands.Add(stream.Expected == 0
                ? Sql(Start, request.Tenant, stream.Stream, stream.Type, EventSeal.Truncate(request.Metadata.At).UtcDateTime)
                : Sql(Lock, request.Tenant, stream.Stream));

        var conflict = (string?)null;
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            if (request.Inbox is not null)
            {
                await reader.NextResultAsync(ct);
                if (!await reader.ReadAsync(ct)) conflict = "";
            }
            foreach (var stream in taken)
            {
                await reader.NextResultAsync(ct);
                if (conflict is null && !(await reader.ReadAsync(ct) && reader.GetInt64(0) == stream.Expected)) conflict = stream.Stream;
            }
        }
        return conflict switch
        {
            null => new AppendResult(AppendOutcome.Committed),
            "" => new AppendResult(AppendOutcome.Duplicate),
            _ => new AppendResult(AppendOutcome.Conflict, conflict)
        };
    }

    /// <summary>The first answer to a command that has come again, in a transaction that took nothing else; who listens is noted.</summary>
    public static async Task<AppendResult> Repeat(NpgsqlConnection connection, string tenant, InboxEntry inbox, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql(Begin, tenant) } };
        var asked = Sql(Asked, inbox.Endpoint, inbox.Sender, inbox.MessageId, inbox.BodyHash);
        asked.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)inbox.ReplyTo ?? DBNull.Value });
        batch.BatchCommands.Add(asked);
        batch.BatchCommands.Add(Sql(Known, inbox.Endpoint, inbox.Sender, inbox.MessageId, inbox.BodyHash));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        // the update returns no rows and is no result of its own
        if (!await reader.ReadAsync(ct)) throw new InvalidOperationException($"{inbox.Endpoint} {inbox.MessageId}: its inbox row is gone");
        var type = reader.GetString(1);
        return new AppendResult(AppendOutcome.Duplicate, null,
            JsonSerializer.Deserialize(reader.GetString(2), ContractTypes.Find(type) ?? throw new UnknownEventTypeException(type), ContractJson.Options),
            reader.GetBoolean(0));
    }

    /// <summary>The transaction goes on as who began it.</summary>
    public static async Task End(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("set local role none", connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlBatchCommand Entry(string tenant, InboxEntry inbox, string answer)
    {
        var command = Sql(Enter, inbox.Endpoint, inbox.Sender, inbox.MessageId, tenant, inbox.BodyHash, ContractTypes.NameOf(inbox.Answer.GetType()));
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = answer });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)inbox.ReplyTo ?? DBNull.Value });
        return command;
    }

    private static NpgsqlBatchCommand Sql(string text, params object[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
