namespace Clinic.Cli.Doctor;

/// <summary>What must stand in a service's database, whatever happens in it. Each query lists what is wrong; $1 is the service.</summary>
internal static class Structure
{
    public static readonly (string Name, string Sql)[] Queries =
    [
        ("tables", """
            select t || ' is missing' from unnest(array[
                'public.mt_streams', 'public.mt_events', 'public.mt_event_progression', 'clinic.installation', 'clinic.log', 'clinic.log_queue',
                'clinic.log_head', 'clinic.inbox', 'clinic.checkpoint', 'clinic.publication', 'clinic.consumer', 'clinic.parked', 'clinic.quarantine', 'clinic.stale_view']) t
            where to_regclass(t) is null
            """),
        // every login of the server, not only ours: history is append-only for all of them
        ("history", """
            select format('%s may %s %s', r.rolname, p, t) from pg_roles r, unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p,
                unnest(array['public.mt_events', 'public.mt_streams', 'clinic.log', 'clinic.log_queue', 'clinic.log_head', 'clinic.installation']) t
            where r.rolcanlogin and not r.rolsuper
                and (has_table_privilege(r.oid, t, p) or (p in ('INSERT', 'UPDATE') and has_any_column_privilege(r.oid, t, p)))
            union all
            select format('%s may %s clinic.publication', r.rolname, p) from pg_roles r, unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p
            where r.rolcanlogin and not r.rolsuper and has_table_privilege(r.oid, 'clinic.publication', p)
            """),
        ("logins", """
            select rolname || ' has rights of the server' from pg_roles
            where rolname in ($1 || '_app', $1 || '_worker') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
            union all select rolname || ' can log in' from pg_roles where rolname = $1 || '_owner' and rolcanlogin
            union all select r.rolname || ' is a member of ' || $1 || '_owner' from pg_roles r, pg_roles o
                where o.rolname = $1 || '_owner' and r.rolname in ($1 || '_app', $1 || '_worker') and pg_has_role(r.oid, o.oid, 'MEMBER')
            union all select r.rolname || ' may not execute ' || f from pg_roles r, (values ('_app', 'append'), ('_worker', 'append'), ('_worker', 'assign_positions')) v (role, f)
                where r.rolname = $1 || v.role and not exists (select from pg_proc p
                    where p.pronamespace = to_regnamespace('clinic') and p.proname = v.f and has_function_privilege(r.oid, p.oid, 'EXECUTE'))
            """),
        // ALWAYS, because a plain trigger is silent under session_replication_role = replica
        ("triggers", """
            select format('trigger %s on %s does not stand', v.name, v.t) from (values
                ('public.mt_events', 'append_only'), ('public.mt_events', 'no_truncate'), ('clinic.log', 'append_only'), ('clinic.log', 'no_truncate'),
                ('clinic.publication', 'append_only'), ('clinic.publication', 'no_truncate'), ('clinic.installation', 'append_only'),
                ('clinic.installation', 'no_truncate'), ('public.mt_streams', 'no_delete'), ('public.mt_streams', 'no_truncate')) v (t, name)
            where not exists (select from pg_trigger g where g.tgrelid = to_regclass(v.t) and g.tgname = v.name and g.tgenabled = 'A')
            """),
        ("tenants apart", """
            select format('%s.%s shows every tenant''s rows', c.relnamespace::regnamespace, c.relname) from pg_class c
            where c.relkind in ('r', 'p') and c.relnamespace in (to_regnamespace('public'), to_regnamespace('views')) and not c.relrowsecurity
                and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
                and has_table_privilege($1 || '_app', c.oid, 'SELECT')
            """)
    ];
}
