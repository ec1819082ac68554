using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Clinic.EventLog;
using Clinic.EventLog.Proofs;
using Clinic.Hosting;
using Clinic.Messaging;
using Clinic.Proof;
using Npgsql;

namespace Clinic.Audit.Checkpoints;

/// <summary>
/// Keeps every checkpoint that is heard, in a file for each service outside the database and as a row, and compares it with the
/// last one in that file. The bus delivers one at a time to one instance.
/// </summary>
internal sealed class CheckpointKeeper(
    ServiceSettings settings, Database database, CheckpointIncidents incidents, Alarms alarms, TimeProvider time, ILogger<CheckpointKeeper> logger)
{
    // null where nothing outside the database remembers; then the last row is compared with
    private readonly string? folder = Path.GetDirectoryName(settings.Checkpoints.Path);

    private readonly ConcurrentDictionary<string, Checkpoint> held = new();

    /// <summary>Keeps one; returns when file and row have it.</summary>
    public async Task Keep(ReceivedCheckpoint received, CancellationToken ct)
    {
        var (service, message) = received;
        if (Pinned(service) is not { } pinned)
        {
            logger.LogError("A checkpoint of {Service}, whose key is not known here, was refused", service);
            return;
        }
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(message.Note));
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        if (await Known(connection, service, digest, ct)) return;
        var last = held.GetValueOrDefault(service) ?? await Last(connection, service, ct);
        var (verdict, why) = Judgement.Of(message.Note, message.From, message.Consistency, pinned, last, out var checkpoint);
        if (verdict == Verdict.Gap && checkpoint!.Size < last!.Size && await Heard(connection, service, checkpoint, ct)) (verdict, why) = (Verdict.Repeated, null);
        // outside first: what only the database has could be taken back unnoticed
        var newest = verdict is Verdict.Consistent or Verdict.Restored || (verdict == Verdict.Gap && checkpoint!.Size > last!.Size);
        if (newest || (verdict == Verdict.Repeated && checkpoint!.Size == last!.Size)) Outside("heard", service).Append(SignedNote.Parse(message.Note), message.SignedAt);
        else if (verdict == Verdict.Fork) Outside("fork", service).Append(SignedNote.Parse(message.Note), message.SignedAt);
        await Insert(connection, service, received, checkpoint, digest, verdict, ct);
        if (newest) held[service] = checkpoint!;
        if (why is null) return;
        logger.LogError("Checkpoint of {Service}: {Verdict}: {Why}", service, verdict, why);
        if (verdict is Verdict.Fork or Verdict.Refused or Verdict.Gap) alarms.Raise($"checkpoint-{verdict.ToString().ToLowerInvariant()}-{service}", why);
        await incidents.Raise(service, verdict, digest, ct);
    }

    private CheckpointFile Outside(string kind, string service) => new(folder is null ? null : Path.Combine(folder, $"{kind}-{service}.jsonl"));

    private VerifierKey? Pinned(string service)
    {
        var file = settings.SecretFile($"checkpoint-{service}.vkey");
        return File.Exists(file) ? VerifierKey.Parse(File.ReadAllText(file).Trim()) : null;
    }

    private async Task<Checkpoint?> Last(NpgsqlConnection connection, string service, CancellationToken ct)
    {
        if (Outside("heard", service).Last() is { } outside) return Checkpoint.Parse(outside.Text);
        await using var command = new NpgsqlCommand(
            "select note from clinic.heard_checkpoint where service = $1 and verdict in ('consistent', 'restored', 'gap') order by number desc limit 1", connection)
        { Parameters = { new() { Value = service } } };
        return await command.ExecuteScalarAsync(ct) is string note ? Checkpoint.Parse(SignedNote.Parse(note).Text) : null;
    }

    private static async Task<bool> Known(NpgsqlConnection connection, string service, byte[] digest, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select exists (select from clinic.heard_checkpoint where service = $1 and digest = $2)", connection)
        { Parameters = { new() { Value = service }, new() { Value = digest } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<bool> Heard(NpgsqlConnection connection, string service, Checkpoint checkpoint, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select exists (select from clinic.heard_checkpoint where service = $1 and size = $2 and root = $3 and origin = $4)", connection)
        { Parameters = { new() { Value = service }, new() { Value = checkpoint.Size }, new() { Value = checkpoint.Root }, new() { Value = checkpoint.Origin } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task Insert(NpgsqlConnection connection, string service, ReceivedCheckpoint received, Checkpoint? checkpoint, byte[] digest, Verdict verdict, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Sql.Statement("""
                    insert into clinic.heard_checkpoint (service, origin, size, root, note, digest, signed_at, heard_at, verdict)
                    values ($1, $2::text, $3::bigint, $4::bytea, $5, $6, $7, $8, $9) on conflict do nothing
                    """, service, checkpoint?.Origin, checkpoint?.Size, checkpoint?.Root, received.Checkpoint.Note, digest, received.Checkpoint.SignedAt, time.GetUtcNow(),
                    verdict.ToString().ToLowerInvariant())
            }
        };
        await batch.ExecuteNonQueryAsync(ct);
    }
}
