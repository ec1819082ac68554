using Clinic.Proof;
using Npgsql;

namespace Clinic.EventLog.Proofs;

/// <summary>A deliberate restore: the log goes on under a new name, and its first checkpoint says what was lost, by whose will, and why.</summary>
public static class Reopen
{
    /// <summary>Opens the next epoch over what the database holds now. The service must not run.</summary>
    /// <returns>The signed checkpoint; it is in the file and in the database.</returns>
    /// <exception cref="InvalidOperationException">Nothing contradicts what was signed, or the service runs.</exception>
    /// <exception cref="FormatException">There are not two people and a reason.</exception>
    public static async Task<SignedNote> Run(
        Database database, NoteSigner signer, CheckpointFile outside, IReadOnlyList<string> approvedBy, string reason, DateTimeOffset now, CancellationToken ct)
    {
        if (outside.Last() is not { } note) throw new InvalidOperationException("nothing was signed outside the database yet, so a restore contradicts nothing");
        var origin = LogOrigin.Parse(Checkpoint.Parse(note.Text).Origin);
        if (origin.Log != signer.Public.Name) throw new InvalidOperationException($"{outside.Path} is of {origin}");
        var previous = Checkpoint.Open(note, origin.ToString(), signer.Public.Named(origin.ToString())).Checkpoint;
        var lines = new Reopening(previous, approvedBy, reason).Lines();

        await using var connection = await database.OpenDedicated(ct);
        if (!await Elected.TryLock(connection, TreeKeeper.Role, ct)) throw new InvalidOperationException("the service runs: stop it first");
        var tree = await TreeStore.Load(connection, ct);
        while (await TreeStore.Grow(connection, tree, ct)) { }
        if (await Complete(connection, note, ct)) return note;
        if (tree.Size >= previous.Size && MerkleProof.Root(previous.Size, TreeStore.Nodes(connection).At).AsSpan().SequenceEqual(previous.Root))
            throw new InvalidOperationException($"the database holds all {previous.Size} positions that were signed: there is nothing to reopen");
        using var next = signer.Named(origin.Next().ToString());
        var checkpoint = new Checkpoint(next.Public.Name, tree.Size, tree.Root(), lines);
        var signed = checkpoint.Sign(next, now);
        await outside.Advance(signed, now, ct);
        await TreeStore.Keep(connection, checkpoint, signed, now, ct);
        return signed;
    }

    /// <summary>Writes an opening that only the file has: the process ended between the two, or another backup was restored since.</summary>
    /// <param name="last">The last of the file.</param>
    /// <returns>False when the last is no opening, the database has it, or what the database holds does not fit it.</returns>
    internal static async Task<bool> Complete(NpgsqlConnection connection, SignedNote last, CancellationToken ct)
    {
        var opening = Checkpoint.Parse(last.Text);
        if (Reopening.Of(opening) is null || await TreeStore.Has(connection, opening, ct) || await TreeStore.Size(connection, ct) < opening.Size
            || !MerkleProof.Root(opening.Size, TreeStore.Nodes(connection).At).AsSpan().SequenceEqual(opening.Root)) return false;
        await TreeStore.Keep(connection, opening, last, DateTimeOffset.UtcNow, ct);
        return true;
    }
}
