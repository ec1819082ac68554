using Clinic.Proof;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.EventLog.Proofs;

/// <summary>
/// Has the newest checkpoint cosigned, beside the keeper who signs and never in its way: while the witness is away commands go
/// on, and what is missing is said as an alarm and made up with the next checkpoint it sees.
/// </summary>
public sealed class Cosigning(Database database, WitnessClient witness, CheckpointFile outside, Signals signals, Alarms alarms, TimeProvider time, ILogger<Cosigning> logger)
    : BackgroundService
{
    /// <summary>No cosignature: it does not answer, does not know this log, or there is no proof to give it.</summary>
    public const string Away = "witness";

    /// <summary>What it has seen of this log is not what this log says now.</summary>
    public const string Contradicts = "witness-contradicts";

    private const int Attempts = 3;
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private readonly Signal grew = signals.Follow();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Elected.Run(database, "witness", Lead, logger, stoppingToken, standBy: () =>
    {
        alarms.Clear(Away);
        alarms.Clear(Contradicts);
    });

    private async Task Lead(NpgsqlConnection connection, CancellationToken ct)
    {
        while (true)
        {
            // also keeps the session alive
            if (await Due(connection, ct) is { } due)
            {
                try
                {
                    await Cosign(connection, due, ct);
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException or ProofException or FormatException or IntegrityException && !ct.IsCancellationRequested)
                {
                    alarms.Raise(Away, $"no cosignature: {(e is ProofException or FormatException or IntegrityException ? e.Message : e.GetType().Name)}");
                }
            }
            await Task.Delay(Often, time, ct);
            await grew.Wait(Often, ct);
        }
    }

    private async Task Cosign(NpgsqlConnection connection, Uncosigned due, CancellationToken ct)
    {
        var note = SignedNote.Parse(due.Note);
        var checkpoint = Checkpoint.Parse(note.Text);
        var old = due.Old;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var proof = (await ProofReader.Between(connection, old, checkpoint.Size, ct)).Hashes;
            var answer = await witness.Add(old, proof, note, ct);
            if (answer.Cosignature is { } line)
            {
                var cosigned = note.With(line);
                // when a greater one was signed meanwhile the row has the cosignature, and the file keeps the greater one last
                await outside.Advance(cosigned, time.GetUtcNow(), ct);
                await Keep(connection, due.Number, line, time.GetUtcNow(), ct);
                alarms.Clear(Away);
                alarms.Clear(Contradicts);
                return;
            }
            if (answer.Held is { } held && held <= checkpoint.Size)
            {
                old = held;
                continue;
            }
            if (answer.Held is { } more) alarms.Raise(Contradicts, $"the witness has cosigned {more} positions, and this log has {checkpoint.Size}");
            else if (answer.Status is 409 or 422) alarms.Raise(Contradicts, $"the witness has cosigned another history: {answer.Detail}");
            else alarms.Raise(Away, $"no cosignature: {answer.Status} {answer.Detail}");
            return;
        }
    }

    /// <summary>The newest checkpoint, when this witness has not cosigned it; and the size it has cosigned last of the same log.</summary>
    private async Task<Uncosigned?> Due(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select c.number, c.note, coalesce((
                select p.size from clinic.cosignature s join clinic.signed_checkpoint p on p.number = s.checkpoint
                where s.witness = $1 and split_part(p.note, E'\n', 1) = split_part(c.note, E'\n', 1) order by s.number desc limit 1), 0)
            from (select * from clinic.signed_checkpoint order by number desc limit 1) c
            where not exists (select from clinic.cosignature s where s.checkpoint = c.number and s.witness = $1)
            """, connection)
        { Parameters = { new() { Value = witness.Key.Name } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Uncosigned(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2)) : null;
    }

    private async Task Keep(NpgsqlConnection connection, long number, NoteSignature line, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into clinic.cosignature (checkpoint, witness, line, cosigned_at) values ($1, $2, $3, $4) on conflict do nothing", connection)
        { Parameters = { new() { Value = number }, new() { Value = witness.Key.Name }, new() { Value = line.ToString() }, new() { Value = now.UtcDateTime } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Uncosigned(long Number, string Note, long Old);
}
