using System.Text.Json;
using Clinic.Proof;

namespace Clinic.EventLog.Proofs;

/// <summary>
/// Every checkpoint, a line of JSON each (<c>note</c>, <c>signedAt</c>), in a file that the database cannot reach: what a restored or
/// rewritten database is compared with.
/// </summary>
/// <param name="path">Null where nothing outside the database remembers.</param>
public sealed class CheckpointFile(string? path)
{
    private readonly AppendOnlyFile file = new(path);

    /// <summary>Where the file is; null when there is none.</summary>
    public string? Path => path;

    /// <summary>The last checkpoint; null when there is none.</summary>
    /// <exception cref="FormatException">It is not a checkpoint.</exception>
    public SignedNote? Last() => file.Last() is { } line ? Parse(line) : null;

    /// <summary>Adds a checkpoint, whatever came before, and returns when the disk has it.</summary>
    public async Task Append(SignedNote note, DateTimeOffset signedAt, CancellationToken ct = default)
    {
        await using var mine = await file.Alone(ct);
        Write(note, signedAt);
    }

    /// <summary>Adds a checkpoint unless the last one is of more positions, or of a later epoch: so the last one is always the greatest.</summary>
    /// <returns>False when nothing was added.</returns>
    /// <exception cref="FormatException">The last one is not a checkpoint.</exception>
    public async Task<bool> Advance(SignedNote note, DateTimeOffset signedAt, CancellationToken ct = default)
    {
        await using var mine = await file.Alone(ct);
        if (Last() is { } last && Rank(note).CompareTo(Rank(last)) < 0) return false;
        Write(note, signedAt);
        return true;
    }

    private void Write(SignedNote note, DateTimeOffset signedAt) => file.Write(JsonSerializer.Serialize(new Line(note.ToString(), signedAt), JsonSerializerOptions.Web));

    private static (int Epoch, long Size) Rank(SignedNote note)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        return (LogOrigin.Parse(checkpoint.Origin).Epoch, checkpoint.Size);
    }

    private SignedNote Parse(string line)
    {
        try
        {
            return SignedNote.Parse(JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web)?.Note ?? "");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new FormatException($"{path}: the last line is not a checkpoint ({e.Message})");
        }
    }

    private sealed record Line(string Note, DateTimeOffset SignedAt);
}
