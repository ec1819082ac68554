namespace Clinic.Tests.Infra;

/// <summary>Who may do what in a service's database, printed from the catalog, and held to what was agreed on.</summary>
public sealed class Grants(Stack stack)
{
    /// <summary>Everything any login may do, one line each; the owner, who cannot log in, is left out.</summary>
    private const string Catalog = """
        with acl as (
            select 'database' as kind, '' as object, d.datacl as acl, 'd'::"char" as code, d.datdba as owner from pg_database d where d.datname = current_database()
            union all select 'schema', n.nspname, n.nspacl, 'n', n.nspowner from pg_namespace n where n.nspname in ('public', 'clinic', 'views', 'views_next')
            union all select case c.relkind when 'S' then 'sequence' else 'table' end, format('%s.%s', n.nspname, c.relname), c.relacl,
                case c.relkind when 'S' then 's'::"char" else 'r' end, c.relowner
                from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'clinic', 'views', 'views_next') and c.relkind in ('r', 'p', 'v', 'm', 'S')
            union all select 'function', format('%s.%s', n.nspname, p.proname), p.proacl, 'f', p.proowner
                from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'clinic', 'views', 'views_next')
            union all select 'column', format('%s.%s.%s', n.nspname, c.relname, a.attname), a.attacl, 'c', c.relowner
                from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where a.attacl is not null and n.nspname in ('public', 'clinic', 'views', 'views_next')
        )
        select format('%s %s: %s', coalesce(r.rolname, 'everybody'), rtrim(kind || ' ' || object), string_agg(distinct privilege_type, ', ' order by privilege_type))
        from acl, aclexplode(coalesce(acl, acldefault(code, owner))) g left join pg_roles r on r.oid = g.grantee
        where g.grantee <> acl.owner and coalesce(r.rolname, '') not like 'pg\_%'
        group by r.rolname, kind, object order by 1
        """;

    public static TheoryData<string> Services => [.. ServiceSchemas.Services];

    [Theory, MemberData(nameof(Services)), Trait("Abuse", "61"), Trait("Abuse", "62"), Trait("Abuse", "63"), Trait("Abuse", "65")]
    public async Task are_what_was_agreed_on(string service)
    {
        await using var database = await stack.NewDatabase(service, ServiceSchemas.Of(service));
        var found = string.Join('\n', await database.Column<string>(Catalog)) + "\n";
        TestContext.Current.TestOutputHelper?.WriteLine(found);
        found.ShouldNotContain("everybody table");
        found.ShouldNotContain("everybody function");
        var golden = Path.Combine(Stack.Root, "tests/Infra/golden", $"grants.{service}.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") await File.WriteAllTextAsync(golden, found);
        found.ShouldBe(await File.ReadAllTextAsync(golden), $"{service}: a right was given or taken; when that is meant, UPDATE_GOLDEN=1 writes the list anew");
    }

    [Theory, MemberData(nameof(Services))]
    public async Task every_table_that_knows_tenants_or_clients_is_split_by_them(string service)
    {
        await using var database = await stack.NewDatabase(service, ServiceSchemas.Of(service));
        var tables = await database.Column<string>("""
            select distinct format('%s.%s', n.nspname, c.relname) from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('public', 'clinic', 'views', 'views_next') and c.relkind in ('r', 'p') and a.attname ~ '^(tenant_id|client_id|message|data|answer|body)$'
            order by 1
            """);
        tables.ShouldContain("public.mt_events");
        tables.ShouldContain("clinic.inbox");
        foreach (var table in tables)
        {
            (await database.Value<bool>($"select relrowsecurity from pg_class where oid = '{table}'::regclass")).ShouldBeTrue($"{table} has no row-level security");
            // no policy for the app login that shows more than the declared tenants' rows
            (await database.Column<string>($"""
                select pg_get_expr(polqual, polrelid) from pg_policy, pg_roles r where polrelid = '{table}'::regclass and r.rolname = '{service}_app' and (r.oid = any (polroles) or 0 = any (polroles))
                """)).ShouldAllBe(rule => rule.Contains("declared_tenants()", StringComparison.Ordinal), table);
        }
        // and nothing the app login may read is left out
        (await database.Column<string>($"""
            select format('%s.%s', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('public', 'clinic', 'views', 'views_next') and c.relkind in ('r', 'p') and not c.relrowsecurity and has_table_privilege('{service}_app', c.oid, 'SELECT') order by 1
            """)).Except(["clinic.checkpoint", "clinic.consumer", "clinic.installation", "clinic.log", "clinic.log_head", "clinic.log_queue",
                // hashes and signatures of the installation, nobody's in particular
                "clinic.cosignature", "clinic.cross_check", "clinic.heard_checkpoint", "clinic.signed_checkpoint", "clinic.tile", "clinic.tree", "clinic.unconnected_checkpoint"]).ShouldBeEmpty();
    }
}
