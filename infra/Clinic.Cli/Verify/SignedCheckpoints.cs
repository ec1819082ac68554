using Clinic.Proof;

namespace Clinic.Cli.Verify;

/// <summary>A checkpoint whose log signature holds.</summary>
/// <param name="Outside">From a file that the database's owner could not reach.</param>
/// <param name="Witnesses">How many of the pinned witnesses have cosigned it.</param>
internal sealed record SignedCheckpoint(Checkpoint Checkpoint, bool Outside, int Witnesses)
{
    public int Epoch => LogOrigin.Parse(Checkpoint.Origin).Epoch;
}

/// <summary>Reads checkpoints of a log and of the epochs before it, and says what a restore left of those.</summary>
internal static class SignedCheckpoints
{
    public static List<SignedCheckpoint> Read(Export export, IReadOnlyList<string> outside, VerifierKey pinned, IReadOnlyList<VerifierKey> witnesses, List<Flaw> flaws)
    {
        var signed = new List<SignedCheckpoint>();
        var own = LogOrigin.Parse(pinned.Name);
        foreach (var (file, isOutside) in outside.Select(file => (file, true)).Append((export.Checkpoints, false)))
        {
            var number = 0;
            foreach (var text in Export.Notes(file))
            {
                number++;
                var where = $"checkpoint {number} of {Path.GetFileName(file)}";
                try
                {
                    var note = SignedNote.Parse(text);
                    // a log keeps its key when a restore gives it a new name
                    var origin = LogOrigin.Parse(note.Text.Split('\n')[0]);
                    var key = origin.Log == own.Log && origin.Epoch < own.Epoch ? pinned.Named(origin.ToString()) : pinned;
                    var (checkpoint, signatures) = Checkpoint.Open(note, key.Name, key, witnesses);
                    signed.Add(new SignedCheckpoint(checkpoint, isOutside, signatures.Count(s => witnesses.Contains(s.Key))));
                }
                catch (ProofException e)
                {
                    flaws.Add(new Flaw(-1, "checkpoint-signature", $"{where}: {e.Message}"));
                }
                catch (FormatException e)
                {
                    flaws.Add(new Flaw(-1, "checkpoint-format", $"{where}: {e.Message}"));
                }
            }
        }
        // the database's own copies can be rolled back with it
        if (!signed.Any(s => s.Outside)) flaws.Add(new Flaw(-1, "no-checkpoint", "no good checkpoint from outside the database was given"));
        return signed;
    }

    /// <summary>Those that the log must still agree with: of this epoch all, of earlier ones what the restores left.</summary>
    public static List<SignedCheckpoint> Binding(IReadOnlyList<SignedCheckpoint> signed, VerifierKey pinned, List<Flaw> flaws, List<string> restores)
    {
        var binding = signed.ToList();
        for (var epoch = LogOrigin.Parse(pinned.Name).Epoch; epoch > 1; epoch--)
        {
            var opening = signed.Where(s => s.Epoch == epoch && s.Checkpoint.Extensions.Count > 0).Select(s => (s.Checkpoint, Reopening: Opening(s.Checkpoint)))
                .FirstOrDefault(s => s.Reopening is not null);
            if (opening.Reopening is not { } reopening)
            {
                flaws.Add(new Flaw(-1, "epoch-broken", $"no checkpoint says why epoch {epoch} began"));
                continue;
            }
            restores.Add($"epoch {epoch}: {opening.Checkpoint.Size} of {reopening.Previous.Size} positions were left, approved by {string.Join(" and ", reopening.ApprovedBy)}: {reopening.Reason}");
            foreach (var earlier in signed.Where(s => s.Epoch < epoch && s.Checkpoint.Size > opening.Checkpoint.Size))
            {
                binding.Remove(earlier);
                // what is given up must be admitted, up to its very end
                if (earlier.Epoch == epoch - 1 && (earlier.Checkpoint.Size > reopening.Previous.Size
                    || (earlier.Checkpoint.Size == reopening.Previous.Size && !earlier.Checkpoint.Root.AsSpan().SequenceEqual(reopening.Previous.Root))))
                    flaws.Add(new Flaw(opening.Checkpoint.Size, "epoch-broken", $"epoch {epoch} says that {reopening.Previous.Size} positions were given up, and {earlier.Checkpoint.Size} had been signed"));
            }
        }
        return binding;
    }

    private static Reopening? Opening(Checkpoint checkpoint)
    {
        try
        {
            return Reopening.Of(checkpoint);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
