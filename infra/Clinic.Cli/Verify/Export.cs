using System.Security.Cryptography;
using System.Text.Json;
using Clinic.EventLog;
using Clinic.Proof;

namespace Clinic.Cli.Verify;

/// <summary>An event of an export, its hash computed from what the row says.</summary>
/// <param name="Hash">Null when the row has no canonical form.</param>
internal sealed record ExportedEvent(long Seq, Guid Id, string Tenant, string Stream, long Version, byte[]? Hash);

/// <param name="Leaf">Its hash in the tree.</param>
internal sealed record ExportedPosition(long Position, long Seq, Guid Id, byte[] Hash, long Logged, byte[] Leaf);

internal sealed record ExportedStream(string Tenant, string Stream, long Version);

internal sealed record Waiting(long Seq, Guid Id);

internal sealed record Quarantined(string Tenant, string Stream, Guid Id, string Reason);

internal sealed record Identity(Guid Installation, string Service);

/// <summary>Reads what <c>clinic export-log</c> wrote. It is evidence, so whatever is odd is an error that names file and line.</summary>
internal sealed class Export(DirectoryInfo folder)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public Identity Identity() => Rows("installation", Read<Identity>).Single();

    public IEnumerable<ExportedStream> Streams() => Rows("streams", Read<ExportedStream>);

    public IEnumerable<Waiting> Queue() => Rows("queue", Read<Waiting>);

    public IEnumerable<Quarantined> Quarantine() => Rows("quarantine", Read<Quarantined>);

    public IEnumerable<ExportedPosition> Log() => Shared("log", line =>
    {
        var row = Read<LogRow>(line);
        var hash = Convert.FromHexString(row.Hash);
        return new ExportedPosition(row.Position, row.Seq, row.Id, hash, row.Logged, new LogEntry(row.Seq, hash).Leaf());
    });

    /// <summary>The notes of a file of checkpoints, from the export or from elsewhere.</summary>
    public static IEnumerable<string> Notes(string path) => IsNote(path) ? [File.ReadAllText(path)] : Lines(path, line => Read<CheckpointRow>(line).Note);

    /// <summary>A single note as a service or a witness serves it, not a file of many.</summary>
    private static bool IsNote(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() is not ('{' or -1);
    }

    public string Checkpoints => PathOf("checkpoints");

    public IEnumerable<ExportedEvent> Events(EventSeal seal) => Shared("events", line =>
    {
        var row = Read<EventRow>(line);
        try
        {
            var headers = row.Headers.ValueKind == JsonValueKind.Null ? null : row.Headers.GetRawText();
            var fields = new SealedFields(row.Tenant, row.Stream, row.Version, row.Id, row.Type, DateTimeOffset.UnixEpoch.AddTicks(checked(row.Ts * 10)),
                row.User, row.Correlation, row.Causation, headers, row.Data.GetRawText());
            return new ExportedEvent(row.Seq, row.Id, row.Tenant, row.Stream, row.Version, SHA256.HashData(seal.Canonical(fields)));
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return new ExportedEvent(row.Seq, row.Id, row.Tenant, row.Stream, row.Version, null);
        }
    });

    private string PathOf(string table) => Path.Combine(folder.FullName, table + ".jsonl");

    private IEnumerable<T> Rows<T>(string table, Func<string, T> row) => Lines(PathOf(table), row);

    /// <summary>Reading and hashing are nearly all the work, so they are shared by all cores; rows come in the order of the file.</summary>
    private ParallelQuery<T> Shared<T>(string table, Func<string, T> row) => File.ReadLines(PathOf(table)).Select((line, index) => (Line: line, Number: index + 1))
        .AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(at => Row(PathOf(table), at.Line, at.Number, row));

    private static IEnumerable<T> Lines<T>(string path, Func<string, T> row) => File.ReadLines(path).Select((line, index) => Row(path, line, index + 1, row));

    private static T Row<T>(string path, string line, int number, Func<string, T> row)
    {
        try
        {
            return row(line);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new FormatException($"{Path.GetFileName(path)}: line {number} cannot be read: {e.Message}");
        }
    }

    private static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, Options) ?? throw new FormatException("null");

    private sealed record LogRow(long Position, long Seq, Guid Id, string Hash, long Logged);

    private sealed record CheckpointRow(string Note, DateTimeOffset SignedAt);

    private sealed record EventRow(long Seq, Guid Id, string Tenant, string Stream, long Version, string Type, long Ts,
        string? User, string? Correlation, string? Causation, JsonElement Headers, JsonElement Data);
}
