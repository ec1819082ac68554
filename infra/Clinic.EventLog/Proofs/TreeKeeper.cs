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
    Database database, NoteSigner signer, CheckpointFile outside, Signals signals, Alarms alarms, TimeProvider time, ILogger<TreeKeeper> logger, WitnessClient? witness = null)
    : BackgroundService
{
    internal const string Role = "tree";
    private const string Second = "second-writer-tree";
    private const string Refused = "log-refused";
    private const string Stranger = "witness-unknown";
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    /// <summary>So long nobody else has grown the tree before it is believed that nobody does.</summary>
    private static readonly TimeSpan Undisturbed = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AtLeast = TimeSpan.FromHours(1);

    private readonly Signal grew = signals.Follow();

    /// <summary>The name under which this service's log is known: the first line of its checkpoints.</summary>
    public static string Origin(Guid installation, string service) => $"clinic/{installation}/{service}";

    /// <summary>Compares the database with what was signed before; every instance does, before it accepts a command.</summary>
    /// <exception cref="IntegrityException">The database is behind what was signed, or is not what was signed.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (witness is null) logger.LogWarning("No witness is set: who holds the database, the log's key and this machine could rewrite history unnoticed");
        if (outside.Path is null) logger.LogWarning("No folder for checkpoints is set: an old backup of the database would go unnoticed");
        try
        {
            await using var connection = await database.Worker.OpenConnectionAsync(cancellationToken);
            await Compare(connection, cancellationToken);
            await CompareWithWitness(connection, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // without a database nothing can be written; the leader compares before it signs
            logger.LogWarning("The log could not be compared with its last checkpoint yet: {Error}", e.GetType().Name);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Elected.Run(database, Role, Lead, logger, stoppingToken, standBy: () =>
    {
        // the leader says what is wrong now
        foreach (var alarm in (string[])[Second, Refused, Stranger]) alarms.Clear(alarm);
    });

    private async Task Lead(NpgsqlConnection connection, CancellationToken ct)
    {
        GrowingTree tree;
        try
        {
            tree = await TreeStore.Load(connection, ct);
            while (await TreeStore.Grow(connection, tree, ct)) { }
            await Compare(connection, ct);
            await CompareWithWitness(connection, ct);
            if (outside.Last() is { } last) await Reopen.Complete(connection, last, ct);
            alarms.Clear(Refused);
        }
        catch (Exception e) when (e is IntegrityException or ProofException)
        {
            alarms.Raise(Refused, e.Message);
            throw;
        }
        using var current = Epoch();
        var since = time.GetUtcNow();
        var signed = -1L;
        var signedAt = DateTimeOffset.MinValue;
        while (true)
        {
            await GrowAll(connection, tree, ct);
            var now = time.GetUtcNow();
            if (now - since >= Undisturbed) alarms.Clear(Second);
            if (tree.Size != signed || now - signedAt >= AtLeast)
            {
                await Sign(connection, current, tree, now, ct);
                (signed, signedAt) = (tree.Size, now);
            }
            await Task.Delay(Often, time, ct);
            await grew.Wait(Often, ct);
        }
    }

    private async Task GrowAll(NpgsqlConnection connection, GrowingTree tree, CancellationToken ct)
    {
        try
        {
            while (await TreeStore.Grow(connection, tree, ct)) { }
        }
        catch (InvalidOperationException e)
        {
            // we hold the lead, so whoever grew it does not belong to this service
            alarms.Raise(Second, e.Message);
            throw;
        }
    }

    /// <summary>After a deliberate restore the log has another name; the file outside says which.</summary>
    private NoteSigner Epoch() => signer.Named((Held()?.Origin) ?? signer.Public.Name);

    private async Task Sign(NpgsqlConnection connection, NoteSigner current, GrowingTree tree, DateTimeOffset now, CancellationToken ct)
    {
        var checkpoint = new Checkpoint(current.Public.Name, tree.Size, tree.Root());
        var note = checkpoint.Sign(current, now);
        // outside first: what the database has and the file lacks could be taken back unnoticed
        if (!await outside.Advance(note, now, ct))
        {
            alarms.Raise(Second, $"{outside.Path} has a checkpoint of more than {tree.Size} positions: another process has signed it");
            throw new IntegrityException($"another process has signed more than {tree.Size} positions");
        }
        await TreeStore.Keep(connection, checkpoint, note, now, ct);
    }

    private async Task Compare(NpgsqlConnection connection, CancellationToken ct)
    {
        if (Held() is { } last) await Compare(connection, last, ct);
    }

    /// <summary>The last checkpoint outside the database; null before the first.</summary>
    /// <exception cref="IntegrityException">The file is damaged, or is not this log's; names it.</exception>
    private Checkpoint? Held()
    {
        try
        {
            return outside.Last() is { } note ? Opened(note) : null;
        }
        catch (Exception e) when (e is ProofException or FormatException)
        {
            throw new IntegrityException(e.Message.StartsWith(outside.Path!, StringComparison.Ordinal) ? e.Message : $"{outside.Path}: {e.Message}");
        }
    }

    /// <summary>What somebody else has cosigned is compared with, too: the file lies on this machine. A witness that is away stops nothing.</summary>
    private async Task CompareWithWitness(NpgsqlConnection connection, CancellationToken ct)
    {
        if (witness is null) return;
        using var current = Epoch();
        Checkpoint seen;
        try
        {
            if (await witness.Latest(current.Public.Name, ct) is not { } note) return;
            seen = Opened(note);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or FormatException && !ct.IsCancellationRequested)
        {
            logger.LogWarning("The log could not be compared with what the witness has seen: {Error}", e.GetType().Name);
            return;
        }
        catch (ProofException e)
        {
            // whoever answers for the witness must not be able to stop this service
            alarms.Raise(Stranger, $"what answers as the witness is not believed: {e.Message}");
            return;
        }
        alarms.Clear(Stranger);
        await Compare(connection, seen, ct);
    }

    /// <exception cref="ProofException">It is not signed by this log, whatever its epoch.</exception>
    private Checkpoint Opened(SignedNote note)
    {
        var origin = LogOrigin.Parse(Checkpoint.Parse(note.Text).Origin);
        if (origin.Log != signer.Public.Name) throw new ProofException($"the checkpoint is of {origin}");
        return Checkpoint.Open(note, origin.ToString(), signer.Public.Named(origin.ToString())).Checkpoint;
    }

    private static async Task Compare(NpgsqlConnection connection, Checkpoint last, CancellationToken ct)
    {
        var log = await TreeStore.LogSize(connection, ct);
        if (log < last.Size)
            throw new IntegrityException($"the database is behind its last checkpoint: position {log} is the first that is missing, {last.Size} were signed");
        // a tree that is only behind the log is caught up by the leader, who compares again before it signs
        if (await TreeStore.Size(connection, ct) < last.Size) return;
        if (!MerkleProof.Root(last.Size, TreeStore.Nodes(connection).At).AsSpan().SequenceEqual(last.Root))
            throw new IntegrityException($"the first {last.Size} positions are not what was signed");
    }
}
