using Clinic.EventLog;
using Npgsql;

namespace Clinic.Cli.CrossCheck;

/// <summary>A public event on which two logs do not agree.</summary>
/// <param name="Why">hash-differs, id-differs, not-heard (the owner published it, audit has not recorded it) or not-published (audit has it, the owner does not).</param>
public sealed record Disagreement(string Producer, long Sequence, string Why, Guid? EventId);

/// <summary>What was compared.</summary>
/// <param name="Behind">Published and not yet heard, at the very end: audit is a moment behind.</param>
public sealed record CrossChecked(string Producer, long Compared, long Behind, IReadOnlyList<Disagreement> Disagreements);

/// <summary>
/// Compares the hash of every public event as audit recorded it with the sealed hash in its owner's log: who rewrites one of the
/// two databases would have to rewrite both. Audit's are taken first: what it has heard the owner had published before, so an owner
/// whose last events are gone is seen, and what is published meanwhile is no difference.
/// </summary>
public static class LogsCrossCheck
{
    private const string Owned = """
        select p.sequence, l.event_id, encode(l.event_hash, 'hex') from clinic.publication p join clinic.log l on l.position = p.position order by p.sequence
        """;

    private const string Heard = """
        select (data ->> 'sequence')::bigint, (data ->> 'eventId')::uuid, data ->> 'eventHash'
        from public.mt_events where stream_id = $1 and type = 'public_event_recorded' order by 1
        """;

    public static async Task<CrossChecked> Run(Database owner, Database audit, string producer, CancellationToken ct)
    {
        await using var heard = await Rows.Open(audit, Heard, "from-" + producer, ct);
        await using var owned = await Rows.Open(owner, Owned, null, ct);
        var found = new List<Disagreement>();
        var (compared, behind) = (0L, 0L);
        var (other, own) = (await heard.Next(ct), await owned.Next(ct));
        while (other is not null || own is not null)
        {
            if (own is null || other?.Sequence < own.Sequence)
            {
                found.Add(new Disagreement(producer, other!.Sequence, "not-published", other.Id));
                other = await heard.Next(ct);
                continue;
            }
            // the end may still be on its way; a hole never is
            if (other is null) behind++;
            else if (own.Sequence < other.Sequence) found.Add(new Disagreement(producer, own.Sequence, "not-heard", own.Id));
            else
            {
                compared++;
                if (own.Id != other.Id) found.Add(new Disagreement(producer, own.Sequence, "id-differs", own.Id));
                else if (own.Hash != other.Hash) found.Add(new Disagreement(producer, own.Sequence, "hash-differs", own.Id));
                other = await heard.Next(ct);
            }
            own = await owned.Next(ct);
        }
        return new CrossChecked(producer, compared, behind, found);
    }

    private sealed record Row(long Sequence, Guid Id, string? Hash);

    /// <summary>One side, in order and a row at a time: a log may be longer than memory. Its snapshot is taken when it is opened.</summary>
    private sealed class Rows(NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader) : IAsyncDisposable
    {
        public static async Task<Rows> Open(Database database, string sql, string? stream, CancellationToken ct)
        {
            var connection = await database.Worker.OpenConnectionAsync(ct);
            var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            if (stream is not null) command.Parameters.Add(new NpgsqlParameter { Value = stream });
            return new Rows(connection, command, await command.ExecuteReaderAsync(ct));
        }

        public async Task<Row?> Next(CancellationToken ct) =>
            await reader.ReadAsync(ct) ? new Row(reader.GetInt64(0), reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetString(2)) : null;

        public async ValueTask DisposeAsync()
        {
            await reader.DisposeAsync();
            await command.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
