using Npgsql;

namespace Clinic.EventLog;

/// <summary>
/// A view folded in memory and copied in at the end: optional, for rebuilds. What it makes must be, row for row, what the
/// projection's statements make; a test compares the digests.
/// </summary>
public abstract class ViewFold
{
    /// <summary>Takes the next event of the log.</summary>
    public abstract void Apply(LoggedEvent logged);

    internal abstract string Table { get; }

    internal abstract IEnumerable<object?[]> Rows();

    /// <summary>Copies the rows into an empty table; nothing of it is there when this throws.</summary>
    internal async Task<long> CopyInto(NpgsqlConnection connection, string schema, CancellationToken ct)
    {
        var types = await ColumnTypes(connection, $"{schema}.{Table}", ct);
        await using var copy = await connection.BeginBinaryImportAsync($"copy {schema}.{Table} from stdin (format binary)", ct);
        foreach (var row in Rows())
        {
            await copy.StartRowAsync(ct);
            for (var i = 0; i < types.Count; i++)
                if (row[i] is not { } value) await copy.WriteNullAsync(ct);
                else await copy.WriteAsync(value is DateTimeOffset at ? at.UtcDateTime : value, types[i], ct);
        }
        return (long)await copy.CompleteAsync(ct);
    }

    private static async Task<List<string>> ColumnTypes(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select format_type(atttypid, null) from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum
            """, connection)
        { Parameters = { new() { Value = table } } };
        var types = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) types.Add(reader.GetString(0));
        return types;
    }
}

/// <summary>One table, one row per tenant and key.</summary>
/// <param name="table">In schema <c>views</c>.</param>
/// <param name="key">Which row an event concerns; null for none.</param>
/// <param name="next">The row after one more event; null while, or when, there is none.</param>
/// <param name="columns">Its values in the order of the table's columns.</param>
public sealed class RowFold<TRow>(
    string table, Func<LoggedEvent, string?> key, Func<TRow?, LoggedEvent, TRow?> next, Func<TRow, object?[]> columns) : ViewFold where TRow : class
{
    private readonly Dictionary<(string, string), TRow> rows = [];

    public override void Apply(LoggedEvent logged)
    {
        if (key(logged) is not { } id) return;
        var at = (logged.Event.TenantId, id);
        if (next(rows.GetValueOrDefault(at), logged) is { } row) rows[at] = row;
        else rows.Remove(at);
    }

    internal override string Table => table;

    internal override IEnumerable<object?[]> Rows() => rows.Values.Select(columns);
}
