using Clinic.EventLog;
using Clinic.Messaging;
using Clinic.Proof;
using Npgsql;

namespace Clinic.Audit.Checkpoints;

/// <summary>One that nothing connects to the last believed, with the proof it came with.</summary>
internal sealed record Unconnected(byte[] Digest, string Note, long From, string[]? Consistency, DateTimeOffset SignedAt);

/// <summary>Checkpoints as rows: those that were judged, for ever, and those that wait for what connects them.</summary>
internal static class CheckpointRows
{
    /// <summary>The last that is believed: the first of its log, or proven to go on from what was.</summary>
    public static async Task<Checkpoint?> Last(NpgsqlConnection connection, string service, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select note from clinic.heard_checkpoint where service = $1 and verdict in ('consistent', 'restored') order by number desc limit 1", connection)
        { Parameters = { new() { Value = service } } };
        return await command.ExecuteScalarAsync(ct) is string note ? Checkpoint.Parse(SignedNote.Parse(note).Text) : null;
    }

    /// <summary>Whether this note was judged already.</summary>
    public static async Task<bool> Known(NpgsqlConnection connection, string service, byte[] digest, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select exists (select from clinic.heard_checkpoint where service = $1 and digest = $2)", connection)
        { Parameters = { new() { Value = service }, new() { Value = digest } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The root that is believed for a size that was passed; null when none was heard.</summary>
    public static async Task<byte[]?> Root(NpgsqlConnection connection, string service, Checkpoint checkpoint, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select root from clinic.heard_checkpoint where service = $1 and size = $2 and origin = $3 and verdict in ('consistent', 'restored', 'repeated') limit 1", connection)
        { Parameters = { new() { Value = service }, new() { Value = checkpoint.Size }, new() { Value = checkpoint.Origin } } };
        return await command.ExecuteScalarAsync(ct) as byte[];
    }

    /// <summary>Of one that was judged; it waits no more.</summary>
    public static Task Judged(
        NpgsqlConnection connection, string service, Unconnected heard, Checkpoint? checkpoint, Verdict verdict, string[] witnesses, DateTimeOffset now, CancellationToken ct) =>
        Execute(connection, ct,
            Sql.Statement("""
                insert into clinic.heard_checkpoint (service, origin, size, root, note, digest, signed_at, heard_at, verdict, witnesses)
                values ($1, $2::text, $3::bigint, $4::bytea, $5, $6, $7, $8, $9, $10) on conflict do nothing
                """, service, checkpoint?.Origin, checkpoint?.Size, checkpoint?.Root, heard.Note, heard.Digest, heard.SignedAt, now, verdict.ToString().ToLowerInvariant(), witnesses),
            Sql.Statement("delete from clinic.unconnected_checkpoint where service = $1 and digest = $2", service, heard.Digest));

    /// <summary>Of one that nothing connects; a proof that came with a repeat takes the place of the earlier one.</summary>
    public static Task Wait(NpgsqlConnection connection, string service, Unconnected heard, Checkpoint checkpoint, DateTimeOffset now, CancellationToken ct) =>
        Execute(connection, ct,
            Sql.Statement("delete from clinic.unconnected_checkpoint where service = $1 and digest = $2", service, heard.Digest),
            Sql.Statement("""
                insert into clinic.unconnected_checkpoint (service, origin, size, root, note, digest, from_size, consistency, signed_at, heard_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8::text[], $9, $10)
                """, service, checkpoint.Origin, checkpoint.Size, checkpoint.Root, heard.Note, heard.Digest, heard.From, heard.Consistency, heard.SignedAt, now));

    /// <summary>The next that waits and can be judged now: it goes on from the last believed, or that one has passed it.</summary>
    public static async Task<Unconnected?> Next(NpgsqlConnection connection, string service, Checkpoint last, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select u.digest, u.note, u.from_size, u.consistency, u.signed_at from clinic.unconnected_checkpoint u
            where u.service = $1 and u.origin = $2 and ((u.from_size = $3 and u.size > $3 and u.consistency is not null) or u.size = $3 or (u.size < $3 and exists (
                select from clinic.heard_checkpoint h where h.service = $1 and h.size = u.size and h.origin = u.origin and h.verdict in ('consistent', 'restored', 'repeated'))))
            order by u.size limit 1
            """, connection)
        { Parameters = { new() { Value = service }, new() { Value = last.Origin }, new() { Value = last.Size } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Unconnected(reader.GetFieldValue<byte[]>(0), reader.GetString(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<string[]>(3),
                new DateTimeOffset(reader.GetDateTime(4), TimeSpan.Zero))
            : null;
    }

    /// <summary>How many wait. Those of an epoch that was given up stay doubts, but nobody can prove them any more.</summary>
    public static async Task<long> Waiting(NpgsqlConnection connection, string service, Checkpoint last, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select count(*) from clinic.unconnected_checkpoint where service = $1 and origin = $2", connection)
        { Parameters = { new() { Value = service }, new() { Value = last.Origin } } };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Where something greater waits than what is believed, somebody must send what lies between again.</summary>
    public static async Task<IReadOnlyList<MissedCheckpoints>> Missed(Database database, CancellationToken ct)
    {
        await using var command = database.Worker.CreateCommand("""
            select s.service, h.origin, h.size from (select distinct service from clinic.unconnected_checkpoint) s
            cross join lateral (select * from clinic.heard_checkpoint h where h.service = s.service and h.verdict in ('consistent', 'restored') order by h.number desc limit 1) h
            where exists (select from clinic.unconnected_checkpoint u where u.service = s.service and u.origin = h.origin and u.size > h.size)
            """);
        var missed = new List<MissedCheckpoints>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) missed.Add(new MissedCheckpoints(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        return missed;
    }

    /// <summary>Both or none: a batch is one transaction.</summary>
    private static async Task Execute(NpgsqlConnection connection, CancellationToken ct, params NpgsqlBatchCommand[] statements)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        await batch.ExecuteNonQueryAsync(ct);
    }
}
