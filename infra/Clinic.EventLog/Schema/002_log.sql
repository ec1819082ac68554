-- What stands beside Marten's tables: order (log), seals, what was published, what was consumed.

create table clinic.installation (
    one             boolean primary key default true check (one),
    -- part of every event's hash: an event cannot be moved to another installation or service
    installation_id uuid not null,
    service         text not null
);

-- Committed events that have no position yet. Written by the append, emptied by the one sequencer. No reader keeps a
-- cursor over it, so a late commit cannot be passed over (decision 3).
create table clinic.log_queue (
    seq_id     bigint primary key,
    event_id   uuid not null unique,
    event_hash bytea not null check (length(event_hash) = 32),
    mac        bytea not null check (length(mac) = 32),
    mac_key    text not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

create table clinic.log_head (
    one       boolean primary key default true check (one),
    size      bigint not null,
    logged_at timestamptz not null
);
insert into clinic.log_head (size, logged_at) values (0, '-infinity');

create table clinic.log (
    -- dense from 0, for ever: also the leaf index
    position   bigint primary key,
    seq_id     bigint not null unique,
    event_id   uuid not null unique,
    event_hash bytea not null,
    mac        bytea not null,
    mac_key    text not null,
    -- never decreases with the position; what "as of" means
    logged_at  timestamptz not null
);

-- Commands already answered, for ever: no window after which a repeat takes effect again.
create table clinic.inbox (
    endpoint    text not null,
    sender      text not null,
    message_id  text not null,
    tenant_id   text not null,
    -- the same id with another body is a mistake of the sender and is refused
    body_hash   bytea not null,
    answer_type text not null,
    answer      jsonb not null,
    reply_to    text,
    recorded_at timestamptz not null default clock_timestamp(),
    -- how often the command has come; an answer sent settles only what had been asked by then
    asked       int not null default 1,
    replied_at  timestamptz,
    primary key (endpoint, sender, message_id)
);
create index inbox_unanswered on clinic.inbox (recorded_at) where reply_to is not null and replied_at is null;

create table clinic.checkpoint (
    name       text primary key,
    -- last position handled; -1 before the first
    position   bigint not null,
    updated_at timestamptz not null default clock_timestamp()
);

-- Which events are public, numbered densely per producer and per producer and tenant, in position order.
create table clinic.publication (
    sequence        bigint primary key,
    position        bigint not null unique references clinic.log (position),
    tenant_id       text not null,
    tenant_sequence bigint not null,
    unique (tenant_id, tenant_sequence)
);

-- How far this service has followed each producer.
create table clinic.consumer (
    producer  text primary key,
    -- every sequence up to here has had its effect exactly once
    last      bigint not null default 0,
    -- highest sequence heard of, from an event or a heartbeat; above last means a gap
    heard     bigint not null default 0,
    -- everything the producer committed before this instant has had its effect here
    as_of     timestamptz not null default '-infinity',
    gap_since timestamptz
);

-- Events that arrived above a gap, or that could not be handled: kept, never skipped.
create table clinic.parked (
    producer  text not null,
    sequence  bigint not null,
    message   jsonb not null,
    reason    text not null,
    parked_at timestamptz not null default clock_timestamp(),
    primary key (producer, sequence)
);

-- Streams with an event whose seal does not hold. Loads that decide on them are refused until an operator has looked.
create table clinic.quarantine (
    tenant_id text not null,
    stream_id text not null,
    event_id  uuid not null,
    reason    text not null,
    found_at  timestamptz not null default clock_timestamp(),
    primary key (tenant_id, stream_id, event_id)
);
