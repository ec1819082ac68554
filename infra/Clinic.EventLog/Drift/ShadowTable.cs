using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.EventLog.Drift;

/// <summary>One row of a table: its primary key and all of it as JSON, which is what is compared, byte for byte.</summary>
/// <param name="Copies">More than one only where the table has no key, and the row is there more than once.</param>
internal sealed record ViewRow(string[] Key, string Json, long Copies = 1)
{
    public bool Is(ViewRow? other) => other is not null && Json == other.Json && Copies == other.Copies;

    public string Name { get; } = NameOf(Key);

    public static string NameOf(string[] key) => string.Join('\u001f', key);
}

/// <param name="Block">Of the table's storage, where the next part begins.</param>
/// <param name="This">Transactions before this one were over when this pass began.</param>
/// <param name="Before">And when the pass before it began; null in the first pass, which has nothing to go by.</param>
internal sealed record WrittenLook(long Block, string? This, string? Before)
{
    /// <summary>64 MiB of a table at a time.</summary>
    public const long Blocks = 8192;
}

/// <summary>A table of a view and its shadow, which lives in the session of who folds it: no other session can write there.</summary>
internal sealed class ShadowTable
{
    private const string Whole = "whole_row";
    private readonly (string Name, string Type)[] key;
    private readonly string insertable;

    private ShadowTable(string name, (string, string)[] key, string insertable, string shape) => (Name, this.key, this.insertable, Shape) = (name, key, insertable, shape);

    public string Name { get; }

    /// <summary>Which table it is and which columns it has; another one is compared with nothing.</summary>
    public string Shape { get; }

    /// <summary>Where the rolling look at all rows is; null at the beginning.</summary>
    public string[]? Cursor { get; set; }

    /// <summary>Rows written to the table so far, by the server's statistics; a hint where to look, never a reason not to.</summary>
    public long Writes { get; set; } = -1;

    /// <summary>Where the look at what was written is, and from which transactions on this pass and the one before it look.</summary>
    public WrittenLook Written { get; set; } = new(0, null, null);

    /// <summary>Which tables there are, and with which columns.</summary>
    public static async Task<Dictionary<string, string>> Shapes(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select c.relname::text, concat(c.oid, ' ', string_agg(concat(a.attname, ' ', a.atttypid, ' ', a.atttypmod, ' ', a.attgenerated), ',' order by a.attnum))
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'views'::regnamespace and c.relkind = 'r' group by c.oid, c.relname
            """, connection);
        var shapes = new Dictionary<string, string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) shapes[reader.GetString(0)] = reader.GetString(1);
        return shapes;
    }

    /// <summary>An empty copy in the session of <paramref name="session"/>, with keys, indexes and constraints.</summary>
    public static async Task<ShadowTable> Create(NpgsqlConnection session, string table, CancellationToken ct)
    {
        if (!Regex.IsMatch(table, "^[a-z_][a-z0-9_]*$")) throw new InvalidOperationException($"'{table}' is not the plain name of a table in schema views");
        var shape = (await Shapes(session, ct)).GetValueOrDefault(table) ?? throw new InvalidOperationException($"there is no table views.{table}");
        var key = new List<(string, string)>();
        await using (var command = new NpgsqlCommand("""
            select quote_ident(a.attname), format_type(a.atttypid, a.atttypmod) from pg_index i cross join unnest(i.indkey::int[]) with ordinality k(attnum, n)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where i.indrelid = $1::regclass and i.indisprimary order by k.n
            """, session)
        { Parameters = { new() { Value = "views." + table } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) key.Add((reader.GetString(0), reader.GetString(1)));
        await using var columns = new NpgsqlCommand("""
            select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
            where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
            """, session)
        { Parameters = { new() { Value = "views." + table } } };
        var insertable = (string)(await columns.ExecuteScalarAsync(ct))!;
        await using var create = new NpgsqlCommand($"drop table if exists pg_temp.{table}; create temp table {table} (like views.{table} including all)", session);
        await create.ExecuteNonQueryAsync(ct);
        return new ShadowTable(table, key.Count == 0 ? [(Whole, "text")] : [.. key], insertable, shape);
    }

    /// <summary>Its rows cannot be told apart, so each is its own key and the copies are counted.</summary>
    public bool Keyless => key is [(Whole, _)];

    private string Select(string schema) => Keyless
        ? $"select array[t.{Whole}], t.{Whole}, t.copies from (select to_jsonb(r)::text as {Whole}, count(*) as copies from {schema}.{Name} r group by 1) t"
        : $"select array[{string.Join(", ", key.Select(k => "t." + k.Name + "::text"))}], to_jsonb(t)::text, 1::bigint from {schema}.{Name} t";

    private string KeyColumns => $"({string.Join(", ", key.Select(k => "t." + k.Name))})";

    private string KeyValues(int first) => $"({string.Join(", ", key.Select((k, i) => $"${first + i}::text::{k.Type}"))})";

    /// <summary>Rows after one key, up to and including another, in the order of the key.</summary>
    /// <param name="schema"><c>views</c>, or <c>pg_temp</c> for the shadow.</param>
    public Task<List<ViewRow>> Range(NpgsqlConnection connection, string schema, string[]? after, string[]? upTo, int limit, CancellationToken ct)
    {
        var (where, values) = (new List<string>(), new List<object>());
        foreach (var (bound, compare) in new[] { (after, ">"), (upTo, "<=") })
        {
            if (bound is null) continue;
            where.Add($"{KeyColumns} {compare} {KeyValues(values.Count + 1)}");
            values.AddRange(bound);
        }
        return Read(connection, $"{Select(schema)} {(where.Count == 0 ? "" : "where " + string.Join(" and ", where))} order by {KeyColumns[1..^1]} limit {limit}", values, ct);
    }

    /// <summary>Rows with these keys.</summary>
    public Task<List<ViewRow>> At(NpgsqlConnection connection, string schema, IReadOnlyCollection<string[]> keys, CancellationToken ct) => keys.Count == 0
        ? Task.FromResult(new List<ViewRow>())
        : Read(connection, $"{Select(schema)} {Joined}", Arrays(keys), ct);

    /// <summary>
    /// Rows of the next part of the table that were written since the last pass, in no order: who changed one by hand has left the
    /// number of its transaction there.
    /// </summary>
    /// <returns>The rows, and where the look is now.</returns>
    public async Task<(List<ViewRow> Rows, WrittenLook Now)> WrittenSince(NpgsqlConnection connection, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint % 4294967296)::text, pg_relation_size(to_regclass($1)) / current_setting('block_size')::bigint
            """, connection)
        { Parameters = { new() { Value = "views." + Name } } };
        string horizon;
        long blocks;
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            (horizon, blocks) = (reader.GetString(0), reader.GetInt64(1));
        }
        // every transaction that this snapshot does not see has the horizon's number or a later one
        var look = Written.Block == 0 ? new WrittenLook(0, horizon, Written.This) : Written;
        var next = look with { Block = look.Block + WrittenLook.Blocks >= blocks ? 0 : look.Block + WrittenLook.Blocks };
        if (Keyless || look.Before is not { } since) return ([], next);
        return (await Read(connection,
            $"{Select("views")} where t.ctid >= '({look.Block},0)'::tid and t.ctid < '({look.Block + WrittenLook.Blocks},0)'::tid and age(t.xmin) <= age($1::text::xid) limit {limit}", [since], ct), next);
    }

    /// <summary>Makes the rows with these keys what the shadow has. Inside the caller's transaction.</summary>
    public async Task Mend(NpgsqlConnection connection, IReadOnlyCollection<string[]> keys, IEnumerable<ViewRow> right, CancellationToken ct)
    {
        await using var delete = new NpgsqlCommand($"delete from views.{Name} t using {Unnested} where {(Keyless ? "to_jsonb(t)::text = w.k0" : Matching)}", connection);
        foreach (var array in Arrays(keys)) delete.Parameters.Add(new NpgsqlParameter { Value = array });
        await delete.ExecuteNonQueryAsync(ct);
        await using var insert = new NpgsqlCommand($"insert into views.{Name} ({insertable}) select {insertable} from jsonb_populate_recordset(null::views.{Name}, $1)", connection)
        { Parameters = { new() { Value = $"[{string.Join(',', right.SelectMany(row => Enumerable.Repeat(row.Json, (int)row.Copies)))}]", NpgsqlDbType = NpgsqlDbType.Jsonb } } };
        await insert.ExecuteNonQueryAsync(ct);
    }

    private string Unnested => $"unnest({string.Join(", ", key.Select((_, i) => $"${i + 1}::text[]"))}) as w({string.Join(", ", key.Select((_, i) => $"k{i}"))})";

    private string Matching => string.Join(" and ", key.Select((k, i) => $"t.{k.Name} = w.k{i}::{k.Type}"));

    private string Joined => $"join {Unnested} on {Matching}";

    private List<object> Arrays(IReadOnlyCollection<string[]> keys) => [.. key.Select((_, i) => keys.Select(k => k[i]).ToArray())];

    private static async Task<List<ViewRow>> Read(NpgsqlConnection connection, string sql, IEnumerable<object> values, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        var rows = new List<ViewRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(new ViewRow(reader.GetFieldValue<string[]>(0), reader.GetString(1), reader.GetInt64(2)));
        return rows;
    }
}
