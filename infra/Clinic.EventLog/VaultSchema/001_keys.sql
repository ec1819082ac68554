-- The keys of one service, in a schema of its own of database vault: another server, backup policy and credential than the
-- events'. {{service}} is the schema. The service's login may call the functions below and nothing else.

create table {{service}}.data_key (
    key_id       uuid primary key,
    tenant_id    text not null,
    -- a person, for example client:c-1
    subject      text not null,
    data_class   text not null,
    -- which key-encryption key it is wrapped with
    kek_id       text not null,
    -- null once destroyed; the row stays, so that "destroyed" is never mistaken for "never was"
    wrapped      bytea,
    created_at   timestamptz not null default clock_timestamp(),
    destroyed_at timestamptz,
    unique (tenant_id, subject, data_class),
    check ((wrapped is null) = (destroyed_at is not null))
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1, autovacuum_vacuum_cost_delay = 0);

-- Whoever stands here gets no key again, ever.
create table {{service}}.tombstone (
    tenant_id  text not null,
    subject    text not null,
    -- '*': every class
    data_class text not null,
    epoch      bigint not null unique,
    begun_at   timestamptz not null default clock_timestamp(),
    -- null while instances may still hold the key in memory
    erased_at  timestamptz,
    primary key (tenant_id, subject, data_class)
);

-- Processes that may hold keys in memory, and up to which tombstone each has forgotten.
create table {{service}}.instance (
    instance_id uuid primary key,
    seen_at     timestamptz not null,
    epoch       bigint not null
);

create function {{service}}.is_erased(p_tenant text, p_subject text, p_class text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from {{service}}.tombstone
                   where tenant_id = p_tenant and subject = p_subject and data_class in ('*', p_class))
$$;

-- A key that comes to life, or comes back to life, against a tombstone is refused for everybody, the owner included.
create function {{service}}.guard_key() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a data key is destroyed, never deleted' using errcode = '42501';
    elsif new.wrapped is not null and {{service}}.is_erased(new.tenant_id, new.subject, new.data_class) then
        raise exception 'the subject was erased' using errcode = 'CL451';
    elsif tg_op = 'UPDATE' then
        if old.wrapped is null and new.wrapped is not null then
            raise exception 'a destroyed key does not come back' using errcode = '42501';
        end if;
        if (new.key_id, new.tenant_id, new.subject, new.data_class) is distinct from (old.key_id, old.tenant_id, old.subject, old.data_class) then
            raise exception 'a data key belongs to its subject' using errcode = '42501';
        end if;
    end if;
    return new;
end $$;

create function {{service}}.guard_tombstone() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.erased_at is null and new.erased_at is not null
        and (new.tenant_id, new.subject, new.data_class, new.epoch) = (old.tenant_id, old.subject, old.data_class, old.epoch) then
        return new;
    end if;
    raise exception '% of a tombstone is refused: it stands for ever', tg_op using errcode = '42501';
end $$;

create function {{service}}.refuse_truncate() returns trigger language plpgsql as $$
begin
    raise exception 'truncate of %.% is refused', tg_table_schema, tg_table_name using errcode = '42501';
end $$;

create trigger guard before insert or update or delete on {{service}}.data_key for each row execute function {{service}}.guard_key();
create trigger no_truncate before truncate on {{service}}.data_key for each statement execute function {{service}}.refuse_truncate();
create trigger guard before update or delete on {{service}}.tombstone for each row execute function {{service}}.guard_tombstone();
create trigger no_truncate before truncate on {{service}}.tombstone for each statement execute function {{service}}.refuse_truncate();
-- also under session_replication_role = replica
alter table {{service}}.data_key enable always trigger guard;
alter table {{service}}.data_key enable always trigger no_truncate;
alter table {{service}}.tombstone enable always trigger guard;
alter table {{service}}.tombstone enable always trigger no_truncate;

-- Whoever is handed a key is known first, so that an erasure knows whom to wait for.
create function {{service}}.seen(p_instance uuid) returns void language sql set search_path = pg_catalog, pg_temp as $$
    insert into {{service}}.instance as i (instance_id, seen_at, epoch) values (p_instance, clock_timestamp(), 0)
    on conflict (instance_id) do update set seen_at = excluded.seen_at
$$;

-- The key a ciphertext names. No row: nobody knows it, which is an error and never a reason to make one.
create function {{service}}.find_key(p_instance uuid, p_key uuid, p_tenant text, p_subject text, p_class text)
returns table (key_id uuid, kek_id text, wrapped bytea, subject text, data_class text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    perform {{service}}.seen(p_instance);
    return query select k.key_id, k.kek_id,
            case when {{service}}.is_erased(k.tenant_id, k.subject, k.data_class) then null else k.wrapped end, k.subject, k.data_class
        from {{service}}.data_key k where k.key_id = p_key and k.tenant_id = p_tenant;
    if not found and {{service}}.is_erased(p_tenant, p_subject, p_class) then
        -- restored from before the key was made: its row is lost, its subject's tombstone is not
        return query select p_key, '', null::bytea, p_subject, p_class;
    end if;
end $$;

-- The key to write with, or no row when there is none yet.
create function {{service}}.key_of(p_instance uuid, p_tenant text, p_subject text, p_class text)
returns table (key_id uuid, kek_id text, wrapped bytea, subject text, data_class text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    perform {{service}}.seen(p_instance);
    if {{service}}.is_erased(p_tenant, p_subject, p_class) then
        raise exception 'the subject was erased' using errcode = 'CL451';
    end if;
    return query select k.key_id, k.kek_id, k.wrapped, k.subject, k.data_class from {{service}}.data_key k
        where k.tenant_id = p_tenant and k.subject = p_subject and k.data_class = p_class;
end $$;

-- A first key. Of two that provision at once the first wins; the caller asks key_of again.
create function {{service}}.provision(p_key uuid, p_tenant text, p_subject text, p_class text, p_kek text, p_wrapped bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    -- with begin_erasure: a key is made before the tombstone, and destroyed with the rest, or it is refused
    perform pg_advisory_xact_lock_shared(hashtext('{{service}}.epoch'));
    insert into {{service}}.data_key (key_id, tenant_id, subject, data_class, kek_id, wrapped)
    values (p_key, p_tenant, p_subject, p_class, p_kek, p_wrapped) on conflict (tenant_id, subject, data_class) do nothing;
end $$;

-- From here on nobody is handed the keys. Returns the epoch every instance has to acknowledge.
create function {{service}}.begin_erasure(p_tenants text[], p_subjects text[], p_classes text[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    last bigint;
begin
    -- epochs commit in their order, or one could be acknowledged before it is seen
    perform pg_advisory_xact_lock(hashtext('{{service}}.epoch'));
    last := coalesce((select max(epoch) from {{service}}.tombstone), 0);
    insert into {{service}}.tombstone (tenant_id, subject, data_class, epoch)
    select u.t, u.s, u.c, last + row_number() over () from (
        select distinct t, s, c from unnest(p_tenants, p_subjects, p_classes) as x(t, s, c)
        where not exists (select from {{service}}.tombstone b where (b.tenant_id, b.subject, b.data_class) = (t, s, c))) u;
    if found then perform pg_notify('{{service}}_erasure', ''); end if;
    return (select max(b.epoch) from {{service}}.tombstone b join unnest(p_tenants, p_subjects, p_classes) as x(t, s, c)
            on (b.tenant_id, b.subject, b.data_class) = (t, s, c));
end $$;

-- How many processes may still hold a key from before that epoch: keys are held no longer than the time given.
create function {{service}}.not_acknowledged(p_epoch bigint, p_held interval) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) from {{service}}.instance where epoch < p_epoch and seen_at > clock_timestamp() - p_held
$$;

-- Destroys what a tombstone stands for. Returns how many keys the subjects had; running it again changes nothing.
create function {{service}}.finish_erasure(p_tenants text[], p_subjects text[], p_classes text[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update {{service}}.data_key k set wrapped = null, destroyed_at = clock_timestamp()
    from unnest(p_tenants, p_subjects, p_classes) as x(t, s, c)
    where k.tenant_id = x.t and k.subject = x.s and x.c in ('*', k.data_class) and k.wrapped is not null
        and {{service}}.is_erased(k.tenant_id, k.subject, k.data_class);
    update {{service}}.tombstone b set erased_at = clock_timestamp()
    from unnest(p_tenants, p_subjects, p_classes) as x(t, s, c)
    where (b.tenant_id, b.subject, b.data_class) = (x.t, x.s, x.c) and b.erased_at is null;
    return (select count(*) from {{service}}.data_key k where exists (
        select from unnest(p_tenants, p_subjects, p_classes) as x(t, s, c)
        where k.tenant_id = x.t and k.subject = x.s and x.c in ('*', k.data_class)));
end $$;

-- A process says that it lives and up to which epoch it has forgotten; it is told the newest.
create function {{service}}.watch(p_instance uuid, p_epoch bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into {{service}}.instance as i (instance_id, seen_at, epoch) values (p_instance, clock_timestamp(), p_epoch)
    on conflict (instance_id) do update set seen_at = excluded.seen_at, epoch = greatest(i.epoch, excluded.epoch);
    delete from {{service}}.instance where seen_at < clock_timestamp() - interval '1 day';
    return coalesce((select max(epoch) from {{service}}.tombstone), 0);
end $$;

create function {{service}}.leave(p_instance uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    delete from {{service}}.instance where instance_id = p_instance
$$;

-- For the rotation of the key-encryption key.
create function {{service}}.keys_not_under(p_kek text, p_limit int)
returns table (key_id uuid, kek_id text, wrapped bytea, subject text, data_class text, tenant_id text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select key_id, kek_id, wrapped, subject, data_class, tenant_id from {{service}}.data_key
    where wrapped is not null and kek_id <> p_kek order by key_id limit p_limit
$$;

-- False when somebody else was faster, or the key is gone.
create function {{service}}.rewrap(p_key uuid, p_from text, p_to text, p_wrapped bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform pg_advisory_xact_lock_shared(hashtext('{{service}}.epoch'));
    update {{service}}.data_key k set kek_id = p_to, wrapped = p_wrapped
    where k.key_id = p_key and k.kek_id = p_from and k.wrapped is not null and not {{service}}.is_erased(k.tenant_id, k.subject, k.data_class);
    return found;
end $$;

revoke all on all functions in schema {{service}} from public;
grant usage on schema {{service}} to {{service}}_vault;
grant execute on function {{service}}.find_key, {{service}}.key_of, {{service}}.provision, {{service}}.begin_erasure, {{service}}.not_acknowledged,
    {{service}}.finish_erasure, {{service}}.watch, {{service}}.leave, {{service}}.keys_not_under, {{service}}.rewrap to {{service}}_vault;
