-- Marten's sessions write the event tables themselves, where the built-in engine calls a function. {{marten}} may do just that,
-- for declared tenants only, and nobody logs in as it: {{app}} and {{worker}} take it on for one transaction at a time.
-- A database that only the built-in engine uses never gets this script.
reset role;
do $$ begin
    if not exists (select from pg_roles where rolname = '{{marten}}') then create role {{marten}} nologin; end if;
end $$;
-- what {{marten}} may do is theirs only after `set role`
alter role {{app}} noinherit;
alter role {{worker}} noinherit;
grant {{marten}} to {{app}}, {{worker}};
set role {{owner}};

grant usage on schema public, clinic to {{marten}};
grant select, insert on public.mt_events to {{marten}};
-- update: a stream's version moves, and a row can be locked; never its name, type or tenant
grant select, insert, update (version, timestamp) on public.mt_streams to {{marten}};
grant usage on sequence public.mt_events_sequence to {{marten}};
grant insert on clinic.log_queue to {{marten}};
grant select, insert, update (replied_at, asked, reply_to) on clinic.inbox to {{marten}};
grant execute on function clinic.declared_tenants to {{marten}};

do $$
declare t text;
begin
    foreach t in array array['public.mt_streams', 'public.mt_events', 'clinic.inbox'] loop
        execute format('create policy marten_tenant on %s to {{marten}}
            using (tenant_id = any ((select clinic.declared_tenants())::text[]))
            with check (tenant_id = any ((select clinic.declared_tenants())::text[]))', t);
    end loop;
end $$;
