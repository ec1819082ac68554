using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Clinic.EventLog.Proofs;
using Clinic.Proof;
using Npgsql;

namespace Clinic.Messaging;

/// <summary>
/// Sends checkpoints out as they are signed, and again when a witness has cosigned, each with the proof that it goes on from the
/// one sent before: whoever listens needs nothing else to see a fork.
/// </summary>
internal sealed class CheckpointSending(NpgsqlConnection connection, ConfirmedChannel channel, string service, string user)
{
    private const string Signed = "relay:checkpoints";
    private const string Cosigned = "relay:cosignatures";
    private const int PageSize = 100;

    // as often as they are signed
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private DateTime next;
    private (long Signed, long Cosigned)? sent;
    private (long Signed, long Cosigned) confirmed = (-1, -1);
    private (string Origin, long Size)? back;

    /// <summary>Somebody who keeps checkpoints has this one as its last: what was signed after it is sent again, from the next round on.</summary>
    public void GoBackTo(string origin, long size) => back = (origin, size);

    /// <summary>Publishes what is due; <see cref="Confirm"/> remembers it once the broker has confirmed.</summary>
    public async Task Send(CancellationToken ct)
    {
        sent = null;
        if (DateTime.UtcNow < next) return;
        next = DateTime.UtcNow + Every;
        if (confirmed.Signed < 0) confirmed = (await Checkpoints.Read(connection, Signed, ct), await Checkpoints.Read(connection, Cosigned, ct));
        if (back is { } to)
        {
            confirmed.Signed = Math.Min(confirmed.Signed, await Number(to.Origin, to.Size, ct));
            back = null;
        }
        var due = new List<Due>();
        // cosignatures of checkpoints that go out now are in their notes already, or come the next time
        await using (var command = new NpgsqlCommand("""
            select c.number, 0::bigint, c.size, c.note, c.signed_at, coalesce((select p.size from clinic.signed_checkpoint p where p.number < c.number order by p.number desc limit 1), 0)
            from (select * from clinic.signed_checkpoint where number > $1 order by number limit $3) c
            union all
            select c.number, s.number, c.size, c.note || s.line, c.signed_at, c.size
            from (select * from clinic.cosignature where number > $2 and checkpoint <= $1 order by number limit $3) s join clinic.signed_checkpoint c on c.number = s.checkpoint
            order by 2, 1
            """, connection)
        { Parameters = { new() { Value = confirmed.Signed }, new() { Value = confirmed.Cosigned }, new() { Value = PageSize } } })
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                due.Add(new Due(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3), new DateTimeOffset(reader.GetDateTime(4), TimeSpan.Zero), reader.GetInt64(5)));
        }
        if (due.Count == 0) return;
        // who missed many waits for them
        if (due.Count >= PageSize) next = DateTime.UtcNow;
        var name = ContractTypes.NameOf(typeof(LogCheckpoint));
        foreach (var checkpoint in due)
            await channel.Publish(Topology.Checkpoints, service, mandatory: false, CloudEvents.Base(service, user, name, Guid.CreateVersion7().ToString(), checkpoint.SignedAt),
                JsonSerializer.SerializeToUtf8Bytes(new LogCheckpoint(checkpoint.Note, checkpoint.SignedAt, checkpoint.From, await Proof(checkpoint, ct)), ContractJson.Options), ct);
        sent = (due.Select(d => d.Cosignature == 0 ? d.Number : -1).Append(confirmed.Signed).Max(), due.Select(d => d.Cosignature).Append(confirmed.Cosigned).Max());
    }

    public async Task Confirm(CancellationToken ct)
    {
        if (sent is not { } now) return;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Checkpoints.Write(Signed, now.Signed), Checkpoints.Write(Cosigned, now.Cosigned) } };
        await batch.ExecuteNonQueryAsync(ct);
        confirmed = now;
    }

    /// <summary>The last of that name that is no longer; 0 for none.</summary>
    private async Task<long> Number(string origin, long size, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(number), 0) from clinic.signed_checkpoint where size <= $2 and split_part(note, E'\n', 1) = $1", connection)
        { Parameters = { new() { Value = origin }, new() { Value = size } } };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Null when the log has become shorter than it was: a restored database has nothing to prove it with.</summary>
    private async Task<string[]?> Proof(Due checkpoint, CancellationToken ct)
    {
        if (checkpoint.From > checkpoint.Size) return null;
        try
        {
            return [.. (await ProofReader.Between(connection, checkpoint.From, checkpoint.Size, ct)).Hashes.Select(Convert.ToBase64String)];
        }
        catch (Exception e) when (e is IntegrityException or ProofException)
        {
            // the tree was tampered with: events still go out, and who listens sees that there is no proof
            return null;
        }
    }

    private sealed record Due(long Number, long Cosignature, long Size, string Note, DateTimeOffset SignedAt, long From);
}
