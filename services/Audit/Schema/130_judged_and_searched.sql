-- Checkpoints that nothing connects to the last one that was believed: kept apart, with the proof they came with, until one that is
-- proven to go on from there connects them. What is here is a doubt.
create table clinic.unconnected_checkpoint (
    number      bigint generated always as identity primary key,
    service     text not null,
    origin      text not null,
    size        bigint not null,
    root        bytea not null,
    note        text not null,
    digest      bytea not null check (length(digest) = 32),
    -- the size its proof begins at, and the proof
    from_size   bigint not null,
    consistency text[],
    signed_at   timestamptz not null,
    heard_at    timestamptz not null default clock_timestamp(),
    unique (service, digest)
);
create index unconnected_checkpoint_from on clinic.unconnected_checkpoint (service, from_size);
grant select on clinic.unconnected_checkpoint to {{app}}, {{worker}};
-- deleted only together with the row in clinic.heard_checkpoint that takes its place
grant insert, delete on clinic.unconnected_checkpoint to {{worker}};

create index heard_checkpoint_order on clinic.heard_checkpoint (service, number);
-- Names of the pinned witnesses whose cosignature was there and holds; a line that nobody has checked is no witness.
alter table clinic.heard_checkpoint add column witnesses text[] not null default '{}';

-- Behind row-level security a condition on an expression that may leak (->> may) is never an index condition; one on a column is.
drop index views.trail_by_practitioner;
drop index views.trail_by_recipient;
alter table views.trail
    add column practitioner_id text generated always as (body ->> 'practitionerId') stored,
    add column recipient_id    text generated always as (body ->> 'recipientId') stored;
create index trail_by_practitioner on views.trail (tenant_id, practitioner_id, at) where practitioner_id is not null;
create index trail_by_recipient on views.trail (tenant_id, recipient_id, at) where recipient_id is not null;
-- a beginning of a name is a range in this order, whatever the database's own order is
create index trail_by_type_name on views.trail (tenant_id, type collate "C", at);

-- due_at is the earliest term that is still open: of the notices that are due, those that were given do not count.
alter table views.register add column terms jsonb not null default '{}', add column told text[] not null default '{}';
-- made anew from the log, so that rows of before say it, too
delete from views.register;
delete from clinic.stale_view where view = 'register';
update clinic.checkpoint set position = -1, generation = generation + 1, updated_at = clock_timestamp() where name = 'register';
