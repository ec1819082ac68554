using System.Text;
using System.Text.Json;
using Clinic.EventLog.Keys;

namespace Clinic.Hosting.Erasing;

/// <summary>
/// Whose keys were destroyed, a line of JSON each, in a file that is only ever added to and that no backup of the database brings
/// back: a restore to before an erasure has the keys again, and a log that knows nothing of it. Holds ids only.
/// </summary>
/// <param name="path">Null where nothing outside the database remembers.</param>
internal sealed class TombstoneFile(string? path)
{
    private const int Attempts = 50;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when the disk has them; those it has already are not written again.</summary>
    public async Task Append(IReadOnlyCollection<KeyOwner> erased, CancellationToken ct)
    {
        if (path is null) return;
        var known = Read().ToHashSet();
        var lines = erased.Where(owner => !known.Contains(owner)).Select(owner => JsonSerializer.Serialize(owner, JsonSerializerOptions.Web)).ToArray();
        if (lines.Length == 0) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = await Alone(ct);
        // a line of its own, whatever a power cut left of the last one
        file.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => "\n" + line)) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="InvalidDataException">A line is none of ours: better not to open than to hand out a key that should be dead.</exception>
    public IReadOnlyCollection<KeyOwner> Read()
    {
        if (path is null || !File.Exists(path)) return [];
        var owners = new HashSet<KeyOwner>();
        foreach (var (line, number) in File.ReadLines(path).Select((line, index) => (line, index + 1)))
        {
            // half a line is of an erasure that was not reported as done, and will be tried again
            if (!line.EndsWith('}')) continue;
            try
            {
                owners.Add(JsonSerializer.Deserialize<KeyOwner>(line, JsonSerializerOptions.Web));
            }
            catch (JsonException)
            {
                throw new InvalidDataException($"{path}: line {number} is no tombstone");
            }
        }
        return owners;
    }

    /// <summary>Two instances of a service may erase at once.</summary>
    private async Task<FileStream> Alone(CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path!, FileMode.Append, FileAccess.Write, FileShare.Read);
            }
            catch (IOException) when (attempt < Attempts)
            {
                await Task.Delay(Between, ct);
            }
        }
    }
}
