using System.Text.Json;
using Clinic.EventLog;
using Clinic.EventLog.Keys;

namespace Clinic.Hosting.Erasing;

/// <summary>
/// Whose keys were destroyed, a line of JSON each, in a file that no backup of the database brings back: a restore to before an erasure
/// has the keys again, and a log that knows nothing of it. Holds ids only.
/// </summary>
/// <param name="path">Null where nothing outside the database remembers.</param>
internal sealed class TombstoneFile(string? path)
{
    private readonly AppendOnlyFile file = new(path);

    /// <summary>Returns when the disk has them; those it has already are not written again.</summary>
    public async Task Append(IReadOnlyCollection<KeyOwner> erased, CancellationToken ct)
    {
        await using var mine = await file.Alone(ct);
        if (erased.Except(Read()).ToArray() is { Length: > 0 } added) file.Write(added.Select(owner => JsonSerializer.Serialize(owner, JsonSerializerOptions.Web)));
    }

    /// <exception cref="InvalidDataException">A line is none of ours: better not to open than to hand out a key that should be dead.</exception>
    public IReadOnlyCollection<KeyOwner> Read()
    {
        var owners = new HashSet<KeyOwner>();
        foreach (var (line, number) in file.Lines())
        {
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
}
