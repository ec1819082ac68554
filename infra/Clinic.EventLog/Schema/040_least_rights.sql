-- Functions are open to everybody until somebody says otherwise. What only other functions or migrations call is closed.
revoke all on function clinic.take_stream, clinic.protect_by_tenant, clinic.refuse, clinic.append, clinic.assign_positions,
    clinic.declared_tenants from public;

-- Which streams of which clinic are in quarantine is for operators; requests never ask.
revoke select on clinic.quarantine from {{app}};

-- Every table that knows tenants is split by them, also where only the worker may read so far: a right given later by mistake
-- shows nothing.
do $$
declare t text;
begin
    foreach t in array array['clinic.inbox', 'clinic.publication', 'clinic.quarantine'] loop
        execute format('alter table %s enable row level security', t);
        execute format('create policy own_tenant on %s for select to {{app}} using (tenant_id = any ((select clinic.declared_tenants())::text[]))', t);
        execute format('create policy all_tenants on %s to {{worker}} using (true) with check (true)', t);
    end loop;
    -- no tenant of its own, but the messages in it have one
    alter table clinic.parked enable row level security;
    create policy all_tenants on clinic.parked to {{worker}} using (true) with check (true);
end $$;
