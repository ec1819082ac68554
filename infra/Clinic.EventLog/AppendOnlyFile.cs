using System.Text;

namespace Clinic.EventLog;

/// <summary>
/// Lines of JSON in a file that is only ever added to, outside every database. Several may write, of this process or of others, one at a
/// time. A power cut while writing leaves half a line, which had no effect yet and is not read.
/// </summary>
/// <param name="path">Null where nothing outside the database remembers: then nothing is written, and there is nothing to read.</param>
public sealed class AppendOnlyFile(string? path)
{
    private const int Block = 1 << 16;
    private const UnixFileMode Anybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    /// <summary>Where the file is; null when there is none.</summary>
    public string? Path => path;

    /// <summary>Until it is disposed nobody else writes. A file of its own, so that who reads or copies the lines is never in the way.</summary>
    /// <exception cref="IOException">Somebody else has held it for ten seconds.</exception>
    public async Task<IAsyncDisposable> Alone(CancellationToken ct = default)
    {
        if (path is null) return Stream.Null;
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
                await Task.Delay(Between, ct);
            }
        }
    }

    /// <summary>Adds lines and returns when the disk has them. The caller is alone.</summary>
    public void Write(params IEnumerable<string> lines)
    {
        if (path is null) return;
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        // a line of its own, whatever the last writer left
        var broken = file.Length > 0 && file.Seek(-1, SeekOrigin.End) >= 0 && file.ReadByte() != '\n';
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes((broken ? "\n" : "") + string.Concat(lines.Select(line => line + "\n"))));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Every whole line with its number, oldest first.</summary>
    public IEnumerable<(string Line, int Number)> Lines() => path is null || !File.Exists(path)
        ? []
        : File.ReadLines(path).Select((line, index) => (line, index + 1)).Where(at => at.line.EndsWith('}'));

    /// <summary>The last whole line, sought from the end: a year has millions. Null when there is none.</summary>
    public string? Last()
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
}
