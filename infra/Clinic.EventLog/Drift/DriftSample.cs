using Npgsql;

namespace Clinic.EventLog.Drift;

/// <summary>Rows of one table as the view shows them at one position.</summary>
/// <param name="Range">After which key and up to which they are all there are; null when they were chosen otherwise.</param>
/// <param name="Done">Remembers how far the table was looked at.</param>
internal sealed record DriftSample(ShadowView View, ShadowTable Table, long Position, List<ViewRow> Shown, (string[]? After, string[]? UpTo)? Range, Action Done)
{
    /// <summary>Most rows in one look of each kind.</summary>
    public const int Most = 1000;

    /// <summary>What was written to the table lately, and the next rows of all.</summary>
    public static async Task<IEnumerable<DriftSample>> Take(NpgsqlConnection connection, ShadowView view, ShadowTable table, long writes, CancellationToken ct)
    {
        var (written, look) = await table.WrittenSince(connection, Most, ct);
        var rows = await table.Range(connection, "views", table.Cursor, null, Most, ct);
        var (from, to) = (table.Cursor, rows.Count < Most ? null : rows[^1].Key);
        return
        [
            new DriftSample(view, table, view.Seen.Position, written, null, () => table.Written = look),
            new DriftSample(view, table, view.Seen.Position, rows, (from, to), () => (table.Cursor, table.Writes) = (to, writes))
        ];
    }

    /// <summary>Keys of rows that differ from the shadow's, are not there, or should not be.</summary>
    public async Task<List<string[]>> Compare(NpgsqlConnection session, CancellationToken ct)
    {
        var right = (Range is (var after, var upTo)
            ? await Table.Range(session, "pg_temp", after, upTo, Most + 1, ct)
            : await Table.At(session, "pg_temp", [.. Shown.Select(row => row.Key)], ct)).ToDictionary(row => row.Name);
        var wrong = Shown.Where(row => !right.Remove(row.Name, out var made) || !made.Is(row)).Select(row => row.Key).ToList();
        if (Range is not null) wrong.AddRange(right.Values.Select(row => row.Key));
        Done();
        return wrong;
    }
}
