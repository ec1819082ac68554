using System.Text.RegularExpressions;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>Copies of a view's tables, being filled in a schema nobody reads. They take the old ones' place whole or not at all.</summary>
internal sealed class ViewTables(NpgsqlConnection owner, IReadOnlyList<string> tables)
{
    public const string Next = "views_next";

    /// <summary>Empty copies, without the indexes: rows come in faster before them.</summary>
    public async Task Create(CancellationToken ct)
    {
        foreach (var table in tables)
        {
            if (!Regex.IsMatch(table, "^[a-z_][a-z0-9_]*$")) throw new InvalidOperationException($"'{table}' is not the plain name of a table in schema views");
            await Execute($"""
                drop table if exists {Next}.{table};
                create table {Next}.{table} (like views.{table} including all excluding indexes);
                select clinic.protect_by_tenant('{Next}.{table}') from pg_class where oid = 'views.{table}'::regclass and relrowsecurity;
                """, ct);
        }
    }

    /// <summary>The keys and indexes of the tables in use, under their own names.</summary>
    public async Task AddIndexes(CancellationToken ct)
    {
        foreach (var table in tables)
        {
            foreach (var constraint in await Column($"""
                select format('alter table {Next}.{table} add constraint %I %s', conname, pg_get_constraintdef(oid))
                from pg_constraint where conrelid = 'views.{table}'::regclass and contype in ('p', 'u', 'x')
                """, ct)) await Execute(constraint, ct);
            foreach (var index in await Column($"""
                select replace(pg_get_indexdef(indexrelid), ' ON views.', ' ON {Next}.') from pg_index i
                where indrelid = 'views.{table}'::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
                """, ct)) await Execute(index, ct);
        }
    }

    /// <summary>Statistics, and a look whether the copies are what they replace: constraints, indexes, policies, rights, triggers.</summary>
    /// <exception cref="InvalidOperationException">They are not; names table and difference.</exception>
    public async Task Finish(CancellationToken ct)
    {
        foreach (var table in tables)
        {
            await Execute($"analyze {Next}.{table}", ct);
            var (now, next) = (await Describe("views", table, ct), await Describe(Next, table, ct));
            if (now.Except(next).Concat(next.Except(now)).FirstOrDefault() is { } difference)
                throw new InvalidOperationException($"a rebuilt {table} would differ from the one in use: {difference}");
        }
    }

    /// <summary>Inside the caller's transaction.</summary>
    public async Task Swap(CancellationToken ct)
    {
        foreach (var table in tables) await Execute($"drop table views.{table}; alter table {Next}.{table} set schema views", ct);
    }

    private async Task<List<string>> Describe(string schema, string table, CancellationToken ct) => await Column($"""
        with t as (select '{schema}.{table}'::regclass as oid)
        select replace(line, '{Next}.', 'views.') from (
            select concat_ws(' ', 'column', attname, format_type(atttypid, atttypmod), attnotnull) from pg_attribute, t where attrelid = t.oid and attnum > 0
            union all select concat_ws(' ', 'constraint', conname, pg_get_constraintdef(c.oid)) from pg_constraint c, t where conrelid = t.oid
            union all select pg_get_indexdef(indexrelid) from pg_index, t where indrelid = t.oid
            union all select concat_ws(' ', 'policy', polname, polcmd, polroles::text, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
                from pg_policy, t where polrelid = t.oid
            union all select concat_ws(' ', 'trigger', pg_get_triggerdef(g.oid)) from pg_trigger g, t where tgrelid = t.oid and not tgisinternal
            union all select concat_ws(' ', 'grant', a::text) from pg_class c, t, unnest(c.relacl) a where c.oid = t.oid
            union all select concat_ws(' ', 'row security', relrowsecurity, relforcerowsecurity) from pg_class c, t where c.oid = t.oid) d(line)
        """, ct);

    private async Task Execute(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<string>> Column(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(ct)) lines.Add(reader.GetString(0));
        return lines;
    }
}
