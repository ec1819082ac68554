using Clinic.Proof;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.EventLog.Proofs;

/// <summary>
/// Grows the Merkle tree behind the log and signs what it has become: at most once a second, and every hour though nothing
/// was written. One leader per database, on a connection of its own: the sequencer does not wait for it.
/// </summary>
public sealed class TreeKeeper(
    Database database, NoteSigner signer, CheckpointFile outside, Signals signals, Alarms alarms, TimeProvider time, ILogger<TreeKeeper> logger) : BackgroundService
{
    private const string Refused = "log-refused";
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtLeast = TimeSpan.FromHours(1);

    private readonly Signal grew = signals.Follow();

    /// <summary>The name under which this service's log is known: the first line of its checkpoints.</summary>
    public static string Origin(Guid installation, string service) => $"clinic/{installation}/{service}";

    /// <summary>Compares the database with what was signed before; every instance does, before it accepts a command.</summary>
    /// <exception cref="IntegrityException">The database is behind what was signed, or is not what was signed.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (outside.Path is null) logger.LogWarning("No folder for checkpoints is set: an old backup of the database would go unnoticed");
        try
        {
            await using var connection = await database.Worker.OpenConnectionAsync(cancellationToken);
            await Compare(connection, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // without a database nothing can be written; the leader compares before it signs
            logger.LogWarning("The log could not be compared with its last checkpoint yet: {Error}", e.GetType().Name);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Elected.Run(database, "tree", Lead, logger, stoppingToken);

    private async Task Lead(NpgsqlConnection connection, CancellationToken ct)
    {
        GrowingTree tree;
        try
        {
            tree = await TreeStore.Load(connection, ct);
            while (await TreeStore.Grow(connection, tree, ct)) { }
            await Compare(connection, ct);
            alarms.Clear(Refused);
        }
        catch (Exception e) when (e is IntegrityException or ProofException)
        {
            alarms.Raise(Refused, e.Message);
            throw;
        }
        var signed = -1L;
        var signedAt = DateTimeOffset.MinValue;
        while (true)
        {
            while (await TreeStore.Grow(connection, tree, ct)) { }
            var now = time.GetUtcNow();
            if (tree.Size != signed || now - signedAt >= AtLeast)
            {
                await Sign(connection, tree, now, ct);
                (signed, signedAt) = (tree.Size, now);
            }
            await Task.Delay(Often, time, ct);
            await grew.Wait(Often, ct);
        }
    }

    private async Task Sign(NpgsqlConnection connection, GrowingTree tree, DateTimeOffset now, CancellationToken ct)
    {
        var checkpoint = new Checkpoint(signer.Public.Name, tree.Size, tree.Root());
        var note = checkpoint.Sign(signer, now);
        // outside first: what the database has and the file lacks could be taken back unnoticed
        outside.Append(note, now);
        await TreeStore.Keep(connection, checkpoint, note, now, ct);
    }

    private async Task Compare(NpgsqlConnection connection, CancellationToken ct)
    {
        if (outside.Last() is not { } note) return;
        Checkpoint last;
        try
        {
            last = Checkpoint.Open(note, signer.Public.Name, signer.Public).Checkpoint;
        }
        catch (ProofException e)
        {
            throw new IntegrityException($"{outside.Path}: {e.Message}");
        }
        var log = await TreeStore.LogSize(connection, ct);
        if (log < last.Size)
            throw new IntegrityException($"the database is behind its last checkpoint: position {log} is the first that is missing, {last.Size} were signed");
        // a tree that is only behind the log is caught up by the leader, who compares again before it signs
        if (await TreeStore.Size(connection, ct) < last.Size) return;
        if (!MerkleProof.Root(last.Size, TreeStore.Nodes(connection).At).AsSpan().SequenceEqual(last.Root))
            throw new IntegrityException($"the first {last.Size} positions are not what was signed");
    }
}
