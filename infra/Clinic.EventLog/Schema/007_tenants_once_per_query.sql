-- Row-level security as before; the declared tenants are split once per query and no longer once per row.
create or replace function clinic.protect_by_tenant(p_table regclass) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', p_table);
    execute format('create policy own_tenant on %s for select to {{app}} using (tenant_id = any ((select clinic.declared_tenants())::text[]))', p_table);
    execute format('create policy all_tenants on %s to {{worker}} using (true) with check (true)', p_table);
    execute format('grant select on %s to {{app}}', p_table);
end $$;

do $$
declare p record;
begin
    for p in select schemaname, tablename from pg_policies where policyname = 'own_tenant' loop
        execute format('alter policy own_tenant on %I.%I using (tenant_id = any ((select clinic.declared_tenants())::text[]))', p.schemaname, p.tablename);
    end loop;
end $$;
