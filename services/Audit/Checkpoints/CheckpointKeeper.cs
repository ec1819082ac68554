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
/// last one in that file. Only what is proven to go on from that one takes its place: what has a gap before it waits for the proofs
/// that close the gap. The bus delivers one at a time to one instance.
/// </summary>
internal sealed class CheckpointKeeper(
    ServiceSettings settings, Database database, CheckpointIncidents incidents, Alarms alarms, TimeProvider time, ILogger<CheckpointKeeper> logger, WitnessClient? witness = null)
{
    // null where nothing outside the database remembers; then the last row is compared with
    private readonly string? folder = Path.GetDirectoryName(settings.Checkpoints.Path);

    private readonly ConcurrentDictionary<string, Checkpoint> held = new();

    /// <summary>Whom to ask for what did not arrive.</summary>
    public Task<IReadOnlyList<MissedCheckpoints>> Missed(CancellationToken ct) => CheckpointRows.Missed(database, ct);

    /// <summary>Keeps one; returns when file and row have it.</summary>
    public async Task Keep(ReceivedCheckpoint received, CancellationToken ct)
    {
        var (service, message) = received;
        if (Pinned(service) is not { } pinned)
        {
            logger.LogError("A checkpoint of {Service}, whose key is not known here, was refused", service);
            return;
        }
        var heard = new Unconnected(SHA256.HashData(Encoding.UTF8.GetBytes(message.Note)), message.Note, message.From, message.Consistency, message.SignedAt);
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        if (await CheckpointRows.Known(connection, service, heard.Digest, ct)) return;
        for (var next = heard; next is not null;)
        {
            await Judge(connection, service, pinned, next, ct);
            // it may be what others have waited for
            next = held.TryGetValue(service, out var last) ? await CheckpointRows.Next(connection, service, last, ct) : null;
        }
        await Settle(connection, service, ct);
    }

    private async Task Judge(NpgsqlConnection connection, string service, VerifierKey pinned, Unconnected heard, CancellationToken ct)
    {
        var last = held.GetValueOrDefault(service) ?? Outside("heard", service).Last() switch
        {
            { } outside => Checkpoint.Parse(outside.Text),
            null => await CheckpointRows.Last(connection, service, ct)
        };
        if (last is not null) held[service] = last;
        var (verdict, why) = Judgement.Of(heard.Note, heard.From, heard.Consistency, pinned, last, out var checkpoint);
        // one that was passed: with the root that is believed it comes late, with another it contradicts
        if (verdict == Verdict.Gap && checkpoint!.Size < last!.Size && await CheckpointRows.Root(connection, service, checkpoint, ct) is { } root)
            (verdict, why) = root.AsSpan().SequenceEqual(checkpoint.Root) ? (Verdict.Repeated, null) : (Verdict.Fork, $"two roots were signed over {checkpoint.Size} positions");
        if (why is not null) logger.LogError("Checkpoint of {Service}: {Verdict}: {Why}", service, verdict, why);
        if (verdict == Verdict.Gap)
        {
            await CheckpointRows.Wait(connection, service, heard, checkpoint!, time.GetUtcNow(), ct);
            return;
        }
        if (verdict is Verdict.Fork or Verdict.Refused)
        {
            // before the row: a repeat after a crash would find that, and be passed over
            alarms.Raise(Alarm(verdict, service), why!);
            await incidents.Raise(service, verdict, ct);
        }
        // outside before the row, too: what only the database has could be taken back unnoticed
        if (verdict is Verdict.Consistent or Verdict.Restored || (verdict == Verdict.Repeated && checkpoint!.Size == last!.Size)) await Append("heard", service, heard, ct);
        else if (verdict == Verdict.Fork) await Append("fork", service, heard, ct);
        await CheckpointRows.Judged(connection, service, heard, checkpoint, verdict, Witnesses(heard, verdict), time.GetUtcNow(), ct);
        if (verdict is Verdict.Consistent or Verdict.Restored) held[service] = checkpoint!;
    }

    /// <summary>What is wrong of this log right now.</summary>
    private async Task Settle(NpgsqlConnection connection, string service, CancellationToken ct)
    {
        if (held.TryGetValue(service, out var last) && await CheckpointRows.Waiting(connection, service, last, ct) is var waiting and > 0)
            alarms.Raise(Alarm(Verdict.Gap, service), $"{waiting} checkpoints are not connected by any proof to the {last.Size} positions that are believed");
        else alarms.Clear(Alarm(Verdict.Gap, service));
        foreach (var verdict in new[] { Verdict.Fork, Verdict.Refused })
            if (alarms.Active.ContainsKey(Alarm(verdict, service)) && !await incidents.AnyOpen(service, verdict, ct)) alarms.Clear(Alarm(verdict, service));
    }

    private static string Alarm(Verdict verdict, string service) => $"checkpoint-{verdict.ToString().ToLowerInvariant()}-{service}";

    private CheckpointFile Outside(string kind, string service) => new(folder is null ? null : Path.Combine(folder, $"{kind}-{service}.jsonl"));

    /// <summary>Not twice when the process ended between file and row.</summary>
    private async Task Append(string kind, string service, Unconnected heard, CancellationToken ct)
    {
        var (file, note) = (Outside(kind, service), SignedNote.Parse(heard.Note));
        if (file.Last()?.ToString() != note.ToString()) await file.Append(note, heard.SignedAt, ct);
    }

    /// <summary>Who has cosigned it, as far as we know their keys; a line nobody checked is none.</summary>
    private string[] Witnesses(Unconnected heard, Verdict verdict)
    {
        if (witness is null || verdict == Verdict.Refused) return [];
        var note = SignedNote.Parse(heard.Note);
        if (note.Signatures.All(line => line.Name != witness.Key.Name)) return [];
        try
        {
            note.Verify(witness.Key);
            return [witness.Key.Name];
        }
        catch (ProofException e)
        {
            logger.LogError("A checkpoint says that {Witness} has cosigned it: {Why}", witness.Key.Name, e.Message);
            return [];
        }
    }

    private VerifierKey? Pinned(string service)
    {
        var file = settings.SecretFile($"checkpoint-{service}.vkey");
        return File.Exists(file) ? VerifierKey.Parse(File.ReadAllText(file).Trim()) : null;
    }
}
