using System.Text;
using System.Text.Json;
using Clinic.Proof;

namespace Clinic.EventLog.Proofs;

/// <summary>
/// Every checkpoint, a line of JSON each (<c>note</c>, <c>signedAt</c>), in a file that is only ever added to and that the
/// database cannot reach: what a restored or rewritten database is compared with. Several may write, of this process or of others.
/// </summary>
/// <param name="path">Null where nothing outside the database remembers.</param>
public sealed class CheckpointFile(string? path)
{
    private const int Block = 1 << 16;
    private const UnixFileMode Anybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Where the file is; null when there is none.</summary>
    public string? Path => path;

    /// <summary>The last checkpoint; null when there is none. A year has millions of lines, so only this one is read.</summary>
    /// <exception cref="FormatException">It is not a checkpoint.</exception>
    public SignedNote? Last() => LastLine() is { } line ? Parse(line) : null;

    /// <summary>Adds a checkpoint, whatever came before, and returns when the disk has it.</summary>
    public void Append(SignedNote note, DateTimeOffset signedAt)
    {
        if (path is null) return;
        using var mine = Alone();
        Write(note, signedAt);
    }

    /// <summary>Adds a checkpoint unless the last one is of more positions, or of a later epoch: so the last one is always the greatest.</summary>
    /// <returns>False when nothing was added.</returns>
    /// <exception cref="FormatException">The last one is not a checkpoint.</exception>
    public bool Advance(SignedNote note, DateTimeOffset signedAt)
    {
        if (path is null) return true;
        using var mine = Alone();
        if (Last() is { } last && Rank(note).CompareTo(Rank(last)) < 0) return false;
        Write(note, signedAt);
        return true;
    }

    private static (int Epoch, long Size) Rank(SignedNote note)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        return (LogOrigin.Parse(checkpoint.Origin).Epoch, checkpoint.Size);
    }

    private void Write(SignedNote note, DateTimeOffset signedAt)
    {
        using var file = new FileStream(path!, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var line = JsonSerializer.Serialize(new Line(note.ToString(), signedAt), JsonSerializerOptions.Web);
        // a line of its own, whatever the last writer left
        var broken = file.Length > 0 && file.Seek(-1, SeekOrigin.End) >= 0 && file.ReadByte() != '\n';
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes((broken ? "\n" : "") + line + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>One writer at a time, also of other processes. A file of its own, so that who reads or copies the checkpoints is never in the way.</summary>
    private FileStream Alone()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        for (var until = DateTime.UtcNow + Patience; ;)
        {
            try
            {
                var first = !File.Exists(path + ".lock");
                var mine = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                // an operator's command, as another user, must not keep the service out for ever
                if (first && !OperatingSystem.IsWindows()) File.SetUnixFileMode(mine.SafeFileHandle, Anybody);
                return mine;
            }
            catch (IOException) when (DateTime.UtcNow < until)
            {
                Thread.Sleep(5);
            }
        }
    }

    /// <summary>The last whole line, sought from the end. A power cut while writing leaves half a line, which had no effect yet.</summary>
    private string? LastLine()
    {
        if (path is null || !File.Exists(path)) return null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        for (long length = Block; ; length *= 2)
        {
            length = Math.Min(length, file.Length);
            var tail = new byte[length];
            file.Seek(-length, SeekOrigin.End);
            file.ReadExactly(tail);
            var lines = Encoding.UTF8.GetString(tail).Split('\n').Select(line => line.TrimEnd('\r'));
            // the first may have begun before the block
            if (lines.Skip(length < file.Length ? 1 : 0).LastOrDefault(line => line.EndsWith('}')) is { } line) return line;
            if (length == file.Length) return null;
        }
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
