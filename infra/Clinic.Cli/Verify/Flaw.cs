namespace Clinic.Cli.Verify;

/// <summary>Something that does not hold.</summary>
/// <param name="Position">Where; when only a signed root is wrong, the first position that no good checkpoint covers.</param>
/// <param name="Why">A stable code; docs/guides/verifying.md lists them.</param>
public sealed record Flaw(long Position, string Why, string Detail);

/// <summary>What a verifier found.</summary>
/// <param name="Unsigned">Positions after the last good checkpoint: nothing is proven of them yet.</param>
/// <param name="Waiting">Committed events without a position yet.</param>
/// <param name="Unwitnessed">Positions after the last good checkpoint that enough witnesses have cosigned; null when none was asked for.</param>
/// <param name="Restores">What deliberate restores gave up, by whose will and why.</param>
public sealed record Verdict(
    IReadOnlyList<Flaw> Flaws, long Events, int Checkpoints, long Unsigned, long Waiting, long? Unwitnessed = null, IReadOnlyList<string>? Restores = null)
{
    /// <summary>One line, the same from every verifier.</summary>
    public override string ToString() => Flaws.Count == 0
        ? $"ok events={Events} checkpoints={Checkpoints} unsigned={Unsigned} waiting={Waiting}{(Unwitnessed is { } u ? $" unwitnessed={u}" : "")}"
        : $"bad position={Flaws[0].Position} why={Flaws[0].Why} flaws={Flaws.Count}";
}
