-- How far each service's log was compared with what was recorded here of it. A row each; a comparison that begins anew starts at 0.
create table clinic.cross_check (
    service    text primary key,
    origin     text not null,
    -- positions of that log whose entries led to the root of a believed checkpoint
    size       bigint not null check (size >= 0),
    -- that tree's right edge: the roots of its perfect subtrees, the largest first
    peaks      bytea not null check (length(peaks) % 32 = 0),
    -- public events up to here were compared, and where the last of them stands in our own log
    sequence   bigint not null,
    position   bigint not null,
    -- nothing of a long stretch is in that log: what follows says nothing until somebody has looked
    stopped    boolean not null default false,
    signed_at  timestamptz not null default '-infinity',
    began_at   timestamptz not null default clock_timestamp(),
    checked_at timestamptz not null default '-infinity'
);
grant select on clinic.cross_check to {{app}}, {{worker}};
grant insert, update on clinic.cross_check to {{worker}};

-- Entries that do not reach to a checkpoint yet, so nothing vouches for them.
create table clinic.cross_check_page (
    service       text not null,
    origin        text not null,
    from_position bigint not null,
    entries       bytea not null check (length(entries) % 40 = 0),
    primary key (service, origin, from_position)
);
grant select, insert, delete on clinic.cross_check_page to {{worker}};

-- Where the two do not agree; for ever.
create table clinic.cross_check_finding (
    number    bigint generated always as identity primary key,
    tenant_id text not null,
    service   text not null,
    why       text not null,
    -- the first and the last public event it is about; of log-differs the positions
    sequence  bigint not null,
    up_to     bigint not null,
    event_id  text,
    found_at  timestamptz not null default clock_timestamp(),
    -- however often it is found
    unique (service, why, sequence, tenant_id)
);
select clinic.protect_by_tenant('clinic.cross_check_finding');
grant select, insert on clinic.cross_check_finding to {{worker}};
create trigger append_only before update or delete on clinic.cross_check_finding for each row execute function clinic.refuse();
create trigger no_truncate before truncate on clinic.cross_check_finding for each statement execute function clinic.refuse();
alter table clinic.cross_check_finding enable always trigger append_only;
alter table clinic.cross_check_finding enable always trigger no_truncate;
