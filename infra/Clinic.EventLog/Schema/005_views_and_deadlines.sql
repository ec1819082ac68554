-- Moved with every rebuild of a view: a live projection that read it before must look again before it writes.
alter table clinic.checkpoint add column generation bigint not null default 0;

-- Streams with an event that a view could not apply: it lacks that event and all later ones of the stream until rebuilt.
create table clinic.stale_view (
    view      text not null,
    tenant_id text not null,
    stream_id text not null,
    -- the first event the view lacks
    position  bigint not null,
    -- SQLSTATE and constraint, or the exception's type: never a message, it may quote data
    reason    text not null,
    since     timestamptz not null default clock_timestamp(),
    primary key (view, tenant_id, stream_id)
);
select clinic.protect_by_tenant('clinic.stale_view');
grant select, insert on clinic.stale_view to {{worker}};

-- First statement of every page of a view: whoever holds this row writes the view, and only from where it really stands.
create function clinic.advance_view(p_view text, p_from bigint, p_generation bigint, p_to bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if p_from = -1 then
        insert into clinic.checkpoint (name, position) values (p_view, -1) on conflict do nothing;
    end if;
    update clinic.checkpoint set position = p_to, updated_at = clock_timestamp()
    where name = p_view and position = p_from and generation = p_generation;
    if not found then
        raise exception 'view % is not at position % of generation %', p_view, p_from, p_generation using errcode = 'CL410';
    end if;
end $$;
revoke all on function clinic.advance_view from public;
grant execute on function clinic.advance_view to {{worker}};

-- Where views are rebuilt, beside the ones in use; nobody but the owner looks in here.
create schema views_next;
alter default privileges in schema views_next grant select, insert, update, delete on tables to {{worker}};

-- What has to happen at an instant, unless it is cleared before. Written by projections, fired by one worker.
create table clinic.deadline (
    tenant_id text not null,
    name      text not null,
    stream_id text not null,
    due_at    timestamptz not null,
    fired_at  timestamptz,
    -- failed attempts since it became due
    attempts  int not null default 0,
    retry_at  timestamptz,
    primary key (tenant_id, name, stream_id)
);
create index deadline_open on clinic.deadline (greatest(due_at, retry_at)) where fired_at is null;
select clinic.protect_by_tenant('clinic.deadline');
grant select, insert, update, delete on clinic.deadline to {{worker}};
