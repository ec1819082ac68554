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
/// two databases would have to rewrite both. The owner's events are taken first, so that what is published meanwhile is no difference.
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
        var owned = await Read(owner, Owned, null, ct);
        var heard = await Read(audit, Heard, "from-" + producer, ct);
        var found = new List<Disagreement>();
        var last = heard.Count == 0 ? 0 : heard.Keys.Max();
        var compared = 0L;
        foreach (var (sequence, own) in owned)
        {
            if (!heard.Remove(sequence, out var other))
            {
                // the end may still be on its way; a hole never is
                if (sequence < last) found.Add(new Disagreement(producer, sequence, "not-heard", own.Id));
                continue;
            }
            compared++;
            if (own.Id != other.Id) found.Add(new Disagreement(producer, sequence, "id-differs", own.Id));
            else if (own.Hash != other.Hash) found.Add(new Disagreement(producer, sequence, "hash-differs", own.Id));
        }
        // published after we had read the owner's
        var end = owned.Count == 0 ? 0 : owned.Keys.Max();
        found.AddRange(heard.Where(h => h.Key <= end).Select(h => new Disagreement(producer, h.Key, "not-published", h.Value.Id)));
        return new CrossChecked(producer, compared, owned.Keys.Count(sequence => sequence > last), [.. found.OrderBy(d => d.Sequence)]);
    }

    private static async Task<Dictionary<long, (Guid Id, string? Hash)>> Read(Database database, string sql, string? stream, CancellationToken ct)
    {
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        if (stream is not null) command.Parameters.Add(new NpgsqlParameter { Value = stream });
        var rows = new Dictionary<long, (Guid, string?)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows[reader.GetInt64(0)] = (reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetString(2));
        return rows;
    }
}
