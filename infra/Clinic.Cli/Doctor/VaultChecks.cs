using Clinic.EventLog.Keys;
using Npgsql;

namespace Clinic.Cli.Doctor;

/// <summary>The vault through one service's own login: that it answers, that its functions are there and nothing else is, and that its keys' guards stand.</summary>
public static class VaultChecks
{
    private static readonly (string Name, string Sql)[] Queries =
    [
        ("functions", """
            select name || ' is missing or may not be executed' from unnest(array['find_key', 'key_of', 'provision', 'begin_erasure',
                'not_acknowledged', 'finish_erasure', 'watch', 'leave', 'keys_not_under', 'rewrap']) name
            where not exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname = $1 and p.proname = name and has_function_privilege(p.oid, 'execute'))
            """),
        // whoever reads the tables needs no function, and one service's keys are none of another's
        ("keys apart", """
            select current_user || ' reaches ' || nspname from pg_namespace
                where nspname <> $1 and nspname not in ('public', 'information_schema') and nspname !~ '^pg_' and has_schema_privilege(oid, 'usage')
            union all
            select current_user || ' may touch ' || n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = $1 and c.relkind = 'r' and has_table_privilege(c.oid, 'select, insert, update, delete, truncate')
            """),
        // a tombstone that can be deleted lets an erased key be made anew
        ("guards", """
            select 'trigger ' || t || ' on ' || r || ' does not stand' from (values ('guard', 'data_key'), ('no_truncate', 'data_key'), ('guard', 'tombstone'), ('no_truncate', 'tombstone')) wanted (t, r)
            where not exists (select from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = $1 and c.relname = r and g.tgname = t and g.tgenabled in ('O', 'A'))
            """)
    ];

    public static async Task<IReadOnlyList<Finding>> Run(VaultSettings settings, CancellationToken ct)
    {
        var area = $"vault {settings.Service}";
        var connection = settings.Connection();
        connection.Pooling = false;
        await using var login = NpgsqlDataSource.Create(connection);
        var findings = new List<Finding>();
        try
        {
            foreach (var (name, sql) in Queries)
            {
                await using var command = login.CreateCommand(sql);
                command.Parameters.Add(new NpgsqlParameter { Value = settings.Service });
                var problems = new List<string>();
                await using var reader = await command.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct)) problems.Add(reader.GetString(0));
                findings.Add(Finding.Of(area, name, problems));
            }
        }
        catch (NpgsqlException e)
        {
            // personal values cannot be read or stored, everything else goes on
            findings.Add(new Finding(area, "login", false, e.Message));
        }
        return findings;
    }
}
