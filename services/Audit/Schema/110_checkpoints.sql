-- Every checkpoint of every service as it was heard on the bus: plain rows, and beside them a file for each service outside the
-- database. They belong to the installation, to no clinic.
create table clinic.heard_checkpoint (
    number    bigint generated always as identity primary key,
    service   text not null,
    -- null when it was no checkpoint at all
    origin    text,
    size      bigint,
    root      bytea,
    note      text not null,
    -- SHA-256 of the note: one row however often it is delivered
    digest    bytea not null check (length(digest) = 32),
    signed_at timestamptz not null,
    heard_at  timestamptz not null default clock_timestamp(),
    verdict   text not null,
    unique (service, digest)
);
create index heard_checkpoint_size on clinic.heard_checkpoint (service, size);

create trigger append_only before update or delete on clinic.heard_checkpoint for each row execute function clinic.refuse();
create trigger no_truncate before truncate on clinic.heard_checkpoint for each statement execute function clinic.refuse();
alter table clinic.heard_checkpoint enable always trigger append_only;
alter table clinic.heard_checkpoint enable always trigger no_truncate;

grant select on clinic.heard_checkpoint to {{app}}, {{worker}};
grant insert on clinic.heard_checkpoint to {{worker}};
