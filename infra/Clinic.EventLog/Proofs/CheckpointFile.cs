using System.Text;
using System.Text.Json;
using Clinic.Proof;

namespace Clinic.EventLog.Proofs;

/// <summary>
/// Every checkpoint, a line of JSON each (<c>note</c>, <c>signedAt</c>), in a file that is only ever added to and that the
/// database cannot reach: what a restored or rewritten database is compared with.
/// </summary>
/// <param name="path">Null where nothing outside the database remembers.</param>
public sealed class CheckpointFile(string? path)
{
    /// <summary>Where the file is; null when there is none.</summary>
    public string? Path => path;

    /// <summary>All notes, oldest first.</summary>
    /// <exception cref="FormatException">A line is not a checkpoint; names it.</exception>
    public IEnumerable<SignedNote> Read()
    {
        foreach (var (line, number) in Lines()) yield return Parse(line, number);
    }

    /// <summary>The last checkpoint; null when there is none. A year has millions of lines, so only this one is parsed.</summary>
    /// <exception cref="FormatException">It is not a checkpoint.</exception>
    public SignedNote? Last() => Lines().LastOrDefault() is { Line: { } line, Number: var number } ? Parse(line, number) : null;

    /// <summary>Adds a checkpoint and returns when the disk has it.</summary>
    public void Append(SignedNote note, DateTimeOffset signedAt)
    {
        if (path is null) return;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        var line = JsonSerializer.Serialize(new Line(note.ToString(), signedAt), JsonSerializerOptions.Web);
        // a line of its own, whatever the last writer left
        file.Write(Encoding.UTF8.GetBytes((file.Length == 0 || EndsWithNewline() ? "" : "\n") + line + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>A power cut while writing leaves half a line, which had no effect yet.</summary>
    private IEnumerable<(string Line, int Number)> Lines() => path is null || !File.Exists(path)
        ? []
        : File.ReadLines(path).Select((line, index) => (line, index + 1)).Where(at => at.line.EndsWith('}'));

    private bool EndsWithNewline()
    {
        using var file = new FileStream(path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }

    private SignedNote Parse(string line, int number)
    {
        try
        {
            return SignedNote.Parse(JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web)?.Note ?? "");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new FormatException($"{path}: line {number} is not a checkpoint ({e.Message})");
        }
    }

    private sealed record Line(string Note, DateTimeOffset SignedAt);
}
