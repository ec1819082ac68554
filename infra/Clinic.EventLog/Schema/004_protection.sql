-- Who may do what (decision 12). {{owner}} owns everything and does not log in; {{app}} answers requests for one tenant at
-- a time; {{worker}} runs sequencer, relay, projections and reactions for all of them. Nobody may change history.

create function clinic.refuse() returns trigger language plpgsql as $$
begin
    raise exception '% on %.% is refused: history is append-only', tg_op, tg_table_schema, tg_table_name using errcode = '42501';
end $$;

-- ENABLE ALWAYS: a plain trigger is silent under session_replication_role = replica
do $$
declare t text;
begin
    foreach t in array array['public.mt_events', 'clinic.log', 'clinic.publication', 'clinic.installation'] loop
        execute format('create trigger append_only before update or delete on %s for each row execute function clinic.refuse()', t);
        execute format('create trigger no_truncate before truncate on %s for each statement execute function clinic.refuse()', t);
        execute format('alter table %s enable always trigger append_only', t);
        execute format('alter table %s enable always trigger no_truncate', t);
    end loop;
end $$;
create trigger no_delete before delete on public.mt_streams for each row execute function clinic.refuse();
create trigger no_truncate before truncate on public.mt_streams for each statement execute function clinic.refuse();
alter table public.mt_streams enable always trigger no_delete;
alter table public.mt_streams enable always trigger no_truncate;

-- A tenant sees its own rows. '' and not set both mean: none.
create function clinic.declared_tenants() returns text[] language sql stable as
$$ select string_to_array(coalesce(nullif(current_setting('clinic.tenants', true), ''), ' '), ',') $$;

-- Every table with a tenant_id that {{app}} may read goes through here, views of the services included.
create function clinic.protect_by_tenant(p_table regclass) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', p_table);
    execute format('create policy own_tenant on %s for select to {{app}} using (tenant_id = any (clinic.declared_tenants()))', p_table);
    execute format('create policy all_tenants on %s to {{worker}} using (true) with check (true)', p_table);
    execute format('grant select on %s to {{app}}', p_table);
end $$;

select clinic.protect_by_tenant('public.mt_streams');
select clinic.protect_by_tenant('public.mt_events');

grant usage on schema public, clinic, views to {{app}}, {{worker}};
grant select on public.mt_streams, public.mt_events to {{worker}};

grant select on clinic.installation, clinic.log, clinic.log_queue, clinic.log_head, clinic.checkpoint, clinic.consumer,
    clinic.quarantine to {{app}}, {{worker}};
grant select on clinic.publication, clinic.inbox, clinic.parked to {{worker}};
grant insert on clinic.publication to {{worker}};
grant insert, update on clinic.checkpoint, clinic.consumer to {{worker}};
grant insert, delete on clinic.parked to {{worker}};
grant insert on clinic.quarantine to {{worker}};
grant update (replied_at) on clinic.inbox to {{worker}};

grant execute on function clinic.append to {{app}}, {{worker}};
grant execute on function clinic.assign_positions to {{worker}};
grant execute on function clinic.declared_tenants to {{app}}, {{worker}};

-- services create their views in this schema; the worker fills them, the app reads its tenant's rows
alter default privileges in schema views grant select, insert, update, delete on tables to {{worker}};
